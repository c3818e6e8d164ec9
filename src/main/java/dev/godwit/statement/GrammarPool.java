package dev.godwit.statement;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Keeps a few started parsers for the next script: starting one takes longer than most scripts.
final class GrammarPool {
    /// Of 10 MB each.
    static final int IDLE = 2;

    private final BlockingQueue<Grammar> idle = new ArrayBlockingQueue<>(IDLE);

    Grammar take() {
        Grammar ready = idle.poll();
        return ready == null ? new Grammar() : ready;
    }

    /// Beyond the few, or grown by a giant statement, it is left to the garbage collector.
    void giveBack(Grammar grammar) {
        if (grammar.isSmall()) {
            boolean _ = idle.offer(grammar);
        }
    }
}
