package dev.godwit.evidence;

import java.util.List;

/// Median, smallest and largest of repeated measurements, in milliseconds.
public record Spread(double median, double min, double max) {
    public static Spread of(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a spread needs a sample");
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(round(median), round(sorted.getFirst()), round(sorted.getLast()));
    }

    private static double round(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
