package dev.godwit.traffic;

/// The users of a database while something is done to it, and what they feel.
public interface Traffic extends AutoCloseable {
    /// A new phase begins now; marking an earlier name again continues that phase.
    void mark(String phase);

    /// Returns when nobody asks anything any more; the report does not see the pause.
    void pause();

    void resume();

    /// Ends the traffic.
    LatencyReport stop();

    @Override
    void close();
}
