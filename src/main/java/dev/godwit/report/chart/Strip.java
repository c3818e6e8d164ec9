package dev.godwit.report.chart;

import dev.godwit.traffic.LatencyReport;
import java.util.List;
import java.util.Optional;

/// One strip: what the traffic felt in a stretch of time, and when the migration ran in it.
///
/// @param fromMillis where the strip begins, in the time of the slots
/// @param migration empty when nothing ran
public record Strip(
        String title,
        List<LatencyReport.Slot> slots,
        int slotMillis,
        long fromMillis,
        long toMillis,
        Optional<Band> migration) {

    /// @param label what ran, a word or two
    public record Band(String label, long fromMillis, long toMillis) {}

    public Strip {
        slots = List.copyOf(slots);
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException("a strip needs a length: " + fromMillis + ".." + toMillis);
        }
    }

    /// The stretch around a phase, from its first mark to the mark that ended it last.
    ///
    /// @param marginMillis how much to show before and after it
    public static Strip around(String title, LatencyReport report, String phase, String label, long marginMillis) {
        long end = Math.max(1, Math.round(report.seconds() * 1_000));
        Band band = band(report.marks(), phase, label, end);
        long from = Math.max(0, band.fromMillis() - marginMillis);
        long to = Math.min(end, band.toMillis() + marginMillis);
        return new Strip(
                title, report.timeLine(), report.slotMillis(), from, Math.max(to, from + 1), Optional.of(band));
    }

    private static Band band(List<LatencyReport.Mark> marks, String phase, String label, long end) {
        long from = -1;
        long to = -1;
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).phase().equals(phase)) {
                from = from < 0 ? marks.get(i).offsetMillis() : from;
                to = i + 1 < marks.size() ? marks.get(i + 1).offsetMillis() : end;
            }
        }
        if (from < 0) {
            throw new IllegalArgumentException("no phase " + phase + " was marked");
        }
        return new Band(label, from, to);
    }

    /// Time 0 of the axis: where the migration begins, else where the strip does.
    long zeroMillis() {
        return migration.map(Band::fromMillis).orElse(fromMillis);
    }

    long lengthMillis() {
        return toMillis - fromMillis;
    }

    /// @return the longest wait of a request that was due in the strip
    double longestMillis() {
        return slots.stream()
                .filter(slot -> overlaps(slot, fromMillis, toMillis))
                .mapToDouble(LatencyReport.Slot::maxLatencyMillis)
                .max()
                .orElse(0);
    }

    /// @return the longest wait in each column; NaN where no request was due
    double[] columns(int count, double millisPerColumn) {
        double[] longest = new double[count];
        for (int column = 0; column < count; column++) {
            double from = fromMillis + column * millisPerColumn;
            longest[column] = from >= toMillis ? Double.NaN : longestBetween(from, from + millisPerColumn);
        }
        return longest;
    }

    private double longestBetween(double from, double to) {
        int first = Math.max(0, (int) (from / slotMillis));
        int last = Math.min(slots.size() - 1, (int) Math.ceil(to / slotMillis) - 1);
        double longest = Double.NaN;
        for (int i = first; i <= last; i++) {
            LatencyReport.Slot slot = slots.get(i);
            if (slot.count() > 0) {
                longest = Double.isNaN(longest) ? slot.maxLatencyMillis() : Math.max(longest, slot.maxLatencyMillis());
            }
        }
        return longest;
    }

    private boolean overlaps(LatencyReport.Slot slot, long from, long to) {
        return slot.offsetMillis() < to && slot.offsetMillis() + slotMillis > from;
    }
}
