package dev.godwit.apply;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Whether a rollback would take rows or values away that are in production now: a rehearsal proves that the down gives
/// back what was there before the up, and cannot know what has been written since. Asks for one such row, reads none.
final class LossGate {
    static final String NAME = "rows";

    private static final String UNDEFINED_COLUMN = "42703";

    /// One row ends the search; a column that nobody has filled is read to its end.
    private static final String PATIENCE = "10s";

    /// A default of which every row may have the same value; any other is not computed, it might count a sequence on.
    private static final Pattern CONSTANT =
            Pattern.compile("(?:'(?:[^']|'')*'|-?[0-9.]+|\\(-[0-9.]+\\)|true|false)(?:::[a-z_][a-z0-9_ .\\[\\]()]*)?");

    private static final String COLUMN = """
            SELECT a.attgenerated <> '' AS generated, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS standard
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ?::regclass AND a.attname = ? AND NOT a.attisdropped""";

    private final Session session;
    private final String migration;

    LossGate(Session session, String migration) {
        this.session = session;
        this.migration = migration;
    }

    /// @param losses what the down takes away as far as its text tells
    /// @param told names of what may go: `public.note`, `orders.region`
    /// @throws dev.godwit.problem.GodwitException when the down takes nothing of one of these names away
    Gate ask(Collection<Loss> losses, Set<String> told) {
        requireMeant(losses, told);
        List<String> found = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Loss loss : losses) {
            if (told.stream().noneMatch(name -> means(name, loss))) {
                sentence(loss).filter(line -> !found.contains(line)).ifPresent(line -> {
                    found.add(line);
                    names.add(name(loss));
                });
            }
        }
        return found.isEmpty() ? nothing(told) : Gate.closed(NAME, String.join("; ", found), remedy(told, names));
    }

    private static Gate nothing(Set<String> told) {
        return Gate.open(
                NAME,
                told.isEmpty() ? "the down takes no row and no value away" : "may go: " + String.join(", ", told));
    }

    private String remedy(Set<String> told, Set<String> names) {
        Set<String> all = new TreeSet<>(told);
        all.addAll(names);
        StringBuilder command = new StringBuilder("keep them elsewhere first; or let them go: godwit rollback ");
        command.append(migration);
        all.forEach(name ->
                command.append(" --lose '").append(name.replace("'", "'\\''")).append('\''));
        return command.toString();
    }

    private static void requireMeant(Collection<Loss> losses, Set<String> told) {
        told.stream()
                .filter(name -> losses.stream().noneMatch(loss -> means(name, loss)))
                .findFirst()
                .ifPresent(name -> {
                    String possible = losses.isEmpty()
                            ? "the down drops and narrows nothing; leave --lose away"
                            : "what it takes away: "
                                    + String.join(
                                            ", ",
                                            losses.stream()
                                                    .map(LossGate::name)
                                                    .distinct()
                                                    .toList());
                    throw Problem.usage("--lose " + name + ": the down takes nothing of that name away")
                            .leaving("production is as it was")
                            .remedy(possible)
                            .raise();
                });
    }

    private static boolean means(String told, Loss loss) {
        String name = name(loss);
        return told.equals(name) || (loss.relation().schema().equals("public") && ("public." + told).equals(name));
    }

    private static String name(Loss loss) {
        return loss.relation().text()
                + loss.column()
                        .map(column -> "." + Identifiers.quoteOdd(column))
                        .orElse("");
    }

    /// @return what would be gone; empty when nothing would
    private Optional<String> sentence(Loss loss) {
        try {
            return exists(loss) ? Optional.of(going(loss)) : Optional.empty();
        } catch (DatabaseException e) {
            return switch (e.sqlState()) {
                // an earlier attempt has dropped it
                case SqlState.UNDEFINED_TABLE, UNDEFINED_COLUMN -> Optional.empty();
                case SqlState.QUERY_CANCELED ->
                    Optional.of(going(loss) + " (not known for sure: looking took over " + PATIENCE + ")");
                case SqlState.INSUFFICIENT_PRIVILEGE ->
                    Optional.of(going(loss) + " (not known for sure: this login may not see all rows)");
                default -> throw e;
            };
        }
    }

    private static String going(Loss loss) {
        return switch (loss.manner()) {
            case ROWS -> "the rows of " + name(loss) + " would go";
            case COLUMN -> "the values in " + name(loss) + " would go";
            case NARROWED -> "values in " + name(loss) + " could be cut";
        };
    }

    private boolean exists(Loss loss) {
        return session.inTransaction(() -> {
            session.execute("SET LOCAL statement_timeout = '" + PATIENCE + "'; SET LOCAL row_security = off");
            Optional<String> condition = condition(loss);
            return condition.isPresent()
                    && session.queryOne(
                                    "SELECT EXISTS (SELECT FROM "
                                            + loss.relation().sql() + condition.get() + ") AS lost",
                                    row -> row.flag("lost"))
                            .orElseThrow();
        });
    }

    /// @return the WHERE of rows that lose something; empty when none can
    private Optional<String> condition(Loss loss) {
        if (loss.column().isEmpty()) {
            return Optional.of("");
        }
        String column = Identifiers.quote(loss.column().get());
        return session.queryOne(
                        COLUMN,
                        row -> new Standard(row.flag("generated"), Optional.ofNullable(row.textOrNull("standard"))),
                        loss.relation().sql(),
                        loss.column().get())
                .filter(standard -> !standard.generated())
                .map(standard -> " WHERE " + column + " IS NOT NULL" + standard.other(loss, column));
    }

    /// @param text the column's default
    private record Standard(boolean generated, Optional<String> text) {
        /// As text, since not every type has an operator for equality.
        String other(Loss loss, String column) {
            return text.filter(_ -> loss.manner() == Loss.Manner.COLUMN)
                    .filter(standard -> CONSTANT.matcher(standard).matches())
                    .map(standard -> " AND " + column + "::text IS DISTINCT FROM (" + standard + ")::text")
                    .orElse("");
        }
    }
}
