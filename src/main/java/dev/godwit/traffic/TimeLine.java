package dev.godwit.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The longest wait of each tenth of a second, in bounded memory: after an hour the slots double in length and pairs
/// fall together.
final class TimeLine {
    private static final int FIRST_SLOT_MILLIS = 100;
    private static final int MOST_SLOTS = 36_000;

    private int slotMillis = FIRST_SLOT_MILLIS;
    private long[] maxNanos = new long[1024];
    private int[] counts = new int[1024];
    private int used;

    TimeLine() {}

    private TimeLine(TimeLine other) {
        this.slotMillis = other.slotMillis;
        this.maxNanos = other.maxNanos.clone();
        this.counts = other.counts.clone();
        this.used = other.used;
    }

    TimeLine copy() {
        return new TimeLine(this);
    }

    void add(long dueNanos, long latencyNanos) {
        int slot = slotOf(dueNanos);
        maxNanos[slot] = Math.max(maxNanos[slot], latencyNanos);
        counts[slot]++;
    }

    private int slotOf(long dueNanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(dueNanos);
        while (millis / slotMillis >= MOST_SLOTS) {
            halve();
        }
        int slot = Math.toIntExact(millis / slotMillis);
        if (slot >= counts.length) {
            grow(Math.min(MOST_SLOTS, Math.max(slot + 1, counts.length * 2)));
        }
        used = Math.max(used, slot + 1);
        return slot;
    }

    private void grow(int length) {
        maxNanos = Arrays.copyOf(maxNanos, length);
        counts = Arrays.copyOf(counts, length);
    }

    private void halve() {
        long[] halfMax = new long[maxNanos.length];
        int[] halfCounts = new int[counts.length];
        for (int i = 0; i < used; i++) {
            halfMax[i / 2] = Math.max(halfMax[i / 2], maxNanos[i]);
            halfCounts[i / 2] += counts[i];
        }
        maxNanos = halfMax;
        counts = halfCounts;
        used = (used + 1) / 2;
        slotMillis *= 2;
    }

    int slotMillis() {
        return slotMillis;
    }

    List<LatencyReport.Slot> slots() {
        List<LatencyReport.Slot> slots = new ArrayList<>(used);
        for (int i = 0; i < used; i++) {
            slots.add(new LatencyReport.Slot((long) i * slotMillis, Millis.of(maxNanos[i]), counts[i]));
        }
        return slots;
    }
}
