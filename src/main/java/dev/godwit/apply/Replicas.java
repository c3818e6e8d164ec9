package dev.godwit.apply;

import java.util.Arrays;
import java.util.List;

/// Which standbys must stream.
///
/// @param any every one that is connected, or has a slot; else just those named
/// @param names as `pg_stat_replication.application_name` shows them
public record Replicas(boolean any, List<String> names) {
    public static final Replicas ANY = new Replicas(true, List.of());
    public static final Replicas NONE = new Replicas(false, List.of());

    public Replicas {
        names = List.copyOf(names);
    }

    /// @param text `any`, `none`, or names with commas in between
    public static Replicas parse(String text) {
        return switch (text.strip()) {
            case "any" -> ANY;
            case "none" -> NONE;
            default ->
                new Replicas(
                        false,
                        Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .filter(name -> !name.isEmpty())
                                .toList());
        };
    }
}
