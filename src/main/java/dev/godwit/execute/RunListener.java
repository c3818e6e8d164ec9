package dev.godwit.execute;

/// Told of everything that a run does, as it happens; one event at a time, not always on the same thread.
@FunctionalInterface
public interface RunListener {
    RunListener NONE = _ -> {};

    void on(RunEvent event);

    /// @return a listener that passes events on one at a time
    static RunListener oneAtATime(RunListener listener) {
        Object turn = new Object();
        return event -> {
            synchronized (turn) {
                listener.on(event);
            }
        };
    }
}
