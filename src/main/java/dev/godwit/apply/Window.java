package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The times of day at which production may be changed, on the clocks of one place.
///
/// @param spans in the order written
public record Window(List<Span> spans, ZoneId zone) {
    private static final Pattern SPAN = Pattern.compile("([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})");

    /// From a time of day to before another; to an earlier one it goes over midnight.
    public record Span(LocalTime from, LocalTime to) {
        public Span {
            if (from.equals(to)) {
                throw new IllegalArgumentException("from " + from + " to " + to + " is no time at all");
            }
        }

        boolean contains(LocalTime time) {
            boolean late = !time.isBefore(from);
            boolean early = time.isBefore(to);
            return from.isBefore(to) ? late && early : late || early;
        }

        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    public Window {
        spans = List.copyOf(spans);
        requireNonNull(zone);
    }

    /// @param text such as `22:00-05:00 Europe/Berlin` or `22:00-05:00,12:00-12:30 UTC`
    /// @throws IllegalArgumentException saying what is wrong with it
    public static Window parse(String text) {
        int space = text.strip().indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("it names no time zone");
        }
        List<Span> spans = new ArrayList<>();
        for (String span : text.strip().substring(0, space).split(",", -1)) {
            spans.add(span(span));
        }
        return new Window(spans, zone(text.strip().substring(space + 1).strip()));
    }

    private static Span span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no span such as 22:00-05:00");
        }
        try {
            return new Span(LocalTime.parse(span.group(1)), LocalTime.parse(span.group(2)));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("\"" + text + "\" is no span of a day's 24 hours", noTime);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("there is no time zone \"" + name + "\"", unknown);
        }
    }

    public boolean contains(Instant now) {
        LocalTime time = timeOf(now);
        return spans.stream().anyMatch(span -> span.contains(time));
    }

    LocalTime timeOf(Instant now) {
        return now.atZone(zone).toLocalTime();
    }

    @Override
    public String toString() {
        return spans.stream().map(Span::toString).collect(Collectors.joining(",")) + " " + zone;
    }
}
