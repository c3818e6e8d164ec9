package dev.godwit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnTransactionsTest {
    private final OwnTransactions own = new OwnTransactions();

    @Test
    void anIdleDatabaseStaysAtOneCountThoughTheWatchReads() {
        for (long reading = 0; reading < 10; reading++) {
            assertThat(own.subtractedFrom(500 + reading, "a")).isEqualTo(500);
        }
    }

    @Test
    void ownTransactionsThatAreNotPublishedYetDoNotMakeTheCountFall() {
        assertThat(own.subtractedFrom(500, "a")).isEqualTo(500);
        assertThat(own.subtractedFrom(500, "a")).isEqualTo(500);
        assertThat(own.subtractedFrom(502, "a")).isEqualTo(500);
        assertThat(own.subtractedFrom(513, "a")).isEqualTo(510);
    }

    @Test
    void newCountersBeginAnew() {
        own.subtractedFrom(500, "a");
        assertThat(own.subtractedFrom(7, "b")).isEqualTo(7);
        assertThat(own.subtractedFrom(8, "b")).isEqualTo(7);
    }
}
