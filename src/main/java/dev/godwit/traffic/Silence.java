package dev.godwit.traffic;

/// No traffic: the phases pass and nobody asks anything.
public final class Silence implements Traffic {
    private final Stopwatch stopwatch = new Stopwatch(System::nanoTime);
    private final LatencyLog log = new LatencyLog(OpenLoop.WARM_UP);

    @Override
    public void mark(String phase) {
        log.mark(phase, stopwatch.nanos());
    }

    @Override
    public void pause() {
        stopwatch.hold();
    }

    @Override
    public void resume() {
        stopwatch.release();
    }

    @Override
    public LatencyReport stop() {
        stopwatch.hold();
        return log.report(stopwatch.nanos(), new long[0]);
    }

    @Override
    public void close() {
        stopwatch.hold();
    }
}
