package dev.godwit.execute;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whose work may be ended when it is in the way of a strong lock: nobody's, unless the operator says so.
///
/// @param after how long Godwit must have waited, and their transaction must have lasted
public record MayEnd(List<Pattern> roles, List<Pattern> applications, Duration after) {
    public static final MayEnd NOBODY = new MayEnd(List.of(), List.of(), Duration.ofSeconds(5));

    private static final String ROLE = "role:";
    private static final String APPLICATION = "app:";

    public MayEnd {
        roles = List.copyOf(roles);
        applications = List.copyOf(applications);
        requireNonNull(after);
    }

    /// @param text `role:report*, app:metabase`; a star stands for any characters
    /// @throws IllegalArgumentException saying what is wrong with it
    public static MayEnd parse(String text) {
        List<Pattern> roles = new ArrayList<>();
        List<Pattern> applications = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String word = entry.strip();
            if (word.startsWith(ROLE) && word.length() > ROLE.length()) {
                roles.add(pattern(word.substring(ROLE.length())));
            } else if (word.startsWith(APPLICATION) && word.length() > APPLICATION.length()) {
                applications.add(pattern(word.substring(APPLICATION.length())));
            } else {
                throw new IllegalArgumentException("\"" + word + "\" names no role and no application");
            }
        }
        return new MayEnd(roles, applications, NOBODY.after());
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Arrays.stream(name.strip().split("\\*", -1)).map(Pattern::quote).collect(joining(".*")),
                Pattern.DOTALL);
    }

    MayEnd after(Duration time) {
        return new MayEnd(roles, applications, time);
    }

    /// What a client calls itself is no proof of what it is; who wants one names the role.
    ///
    /// @param waited for it, by now
    boolean allows(Blocker blocker, Duration waited) {
        boolean named = matches(roles, blocker.role().orElse("")) || matches(applications, blocker.name());
        return named
                && blocker.kind() == Blocker.Kind.CLIENT
                && blocker.age().compareTo(after) >= 0
                && waited.compareTo(after) >= 0;
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return Optional.of(name)
                .filter(word -> !word.isEmpty())
                .filter(word -> patterns.stream().anyMatch(p -> p.matcher(word).matches()))
                .isPresent();
    }
}
