package dev.godwit.watch;

/// Takes the watch's own transactions, one a reading, out of the count: on an idle database they would pass for
/// traffic. The server publishes them late, so that the rest may seem to fall for a moment; it is held instead.
final class OwnTransactions {
    private String counters = "";
    private long made;
    private long others;

    /// @param newCounters names the run of counters; another one begins anew
    /// @return the transactions of others, never falling within one run
    long subtractedFrom(long all, String newCounters) {
        if (!newCounters.equals(counters)) {
            counters = newCounters;
            made = 0;
            others = 0;
        }
        others = Math.max(others, all - made);
        made++;
        return others;
    }
}
