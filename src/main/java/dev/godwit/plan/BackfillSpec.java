package dev.godwit.plan;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import dev.godwit.statement.Directive;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a backfill is cut: `-- godwit:backfill batch=10000 key=id pause=50ms`.
///
/// @param batchRows rows of the table's key range in one batch, from 1 to 1,000,000
/// @param key the columns to walk by, quoted as in SQL where they need it, or `ctid`; empty for the primary key, else
///     another unique one, else the table's blocks
/// @param pause between two batches
public record BackfillSpec(int batchRows, Optional<String> key, Duration pause) {
    public static final int DEFAULT_BATCH_ROWS = 10_000;
    private static final int MOST_BATCH_ROWS = 1_000_000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final Set<String> KEYS = Set.of("batch", "key", "pause");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
    /// A quoted name may hold blanks.
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"(?:[^\"]|\"\")*\"|\")+");

    private static final Pattern ROWS = Pattern.compile("\\d{1,9}");
    private static final String EXAMPLE = "-- godwit:backfill batch=10000 key=id pause=50ms";

    /// What holds when nothing is said.
    public static final BackfillSpec DEFAULT = new BackfillSpec(DEFAULT_BATCH_ROWS, Optional.empty(), Duration.ZERO);

    public BackfillSpec {
        requireNonNull(key);
        requireNonNull(pause);
        if (batchRows < 1 || batchRows > MOST_BATCH_ROWS) {
            throw new IllegalArgumentException("batch rows out of range: " + batchRows);
        }
    }

    /// @param where `file:line` of the directive, for the error
    static BackfillSpec parse(Directive directive, String where) {
        Map<String, String> settings = settings(directive.argument(), where);
        return new BackfillSpec(
                rows(settings.get("batch"), where),
                Optional.ofNullable(settings.get("key")),
                pause(settings.get("pause"), where));
    }

    private static Map<String, String> settings(String argument, String where) {
        Map<String, String> settings = new HashMap<>();
        for (String word :
                WORD.matcher(argument).results().map(MatchResult::group).toList()) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = equals < 0 ? "" : word.substring(equals + 1);
            if (!KEYS.contains(name)) {
                String near = Nearest.of(name, KEYS)
                        .map(known -> "did you mean " + known + "=…? ")
                        .orElse("");
                throw wrong("a backfill knows no setting " + name, where, near);
            }
            if (value.isEmpty() || settings.put(name, value) != null) {
                throw wrong("the backfill's " + name + " needs one value", where, "");
            }
        }
        return settings;
    }

    private static int rows(@Nullable String text, String where) {
        if (text == null) {
            return DEFAULT_BATCH_ROWS;
        }
        int rows = ROWS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (rows < 1 || rows > MOST_BATCH_ROWS) {
            throw wrong("a batch is 1 to 1,000,000 rows, not " + text, where, "");
        }
        return rows;
    }

    private static Duration pause(@Nullable String text, String where) {
        if (text == null) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong("a pause is a number with ms, s or m, not " + text, where, "");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration pause = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            throw wrong("a pause is at most 10m, not " + text, where, "");
        }
        return pause;
    }

    private static RuntimeException wrong(String what, String where, String hint) {
        return Problem.usage(what)
                .at(where)
                .remedy(hint + "for example: " + EXAMPLE)
                .raise();
    }
}
