package dev.godwit.execute;

import dev.godwit.postgres.Identifiers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Along a key in stretches, and over each stretch in equal rounds: a round changes some rows of every page, by a hash
/// of the key.
///
/// Gone through row by row, an UPDATE finds every page full: each new version goes to another page, each index gets a
/// second entry for each row, and its pages split. A first round of few rows leaves room in all pages of the stretch;
/// once it is committed, the next round's versions find that room and need no entry in any index (HOT). What does need
/// entries is so little at a time that the index finds room for it by deleting those of dead versions, and does not
/// split. So the table and its indexes grow by a part of their size, and less is written.
///
/// A place between two stretches is a key. In a stretch it is the key that the round has reached, the keys where the
/// stretch begins and ends, the round, and the rows of the stretch. What is too short for a stretch, and the first
/// batch of a pass, is gone through row by row.
///
/// Where the statement limits itself, a sweep follows the rounds: it changes next to nothing, and cleans the pages of
/// the
/// last round while they are in memory and in the log. The count at the end would clean all pages at once and flood the
/// log.
///
/// Source: PostgreSQL manual, "Heap-Only Tuples (HOT)" and "Bottom-Up Index Deletion".
/// @param hash of a row's key
/// @param sweeps whether each stretch is gone over once more for what still matches
record BackfillRounds(BackfillKey key, String hash, boolean sweeps) implements BackfillPath {
    /// Each changes a twelfth of the rows: less than the tenth that the pages of an index keep free (`fillfactor`), so
    /// that the first round splits none of them.
    private static final int ROUNDS = 12;

    /// To find where a part of a round ends costs a third of changing its rows, so a round may be somewhat large.
    private static final int TOO_LARGE = 2;

    /// What one value of a type hashes to, on every version alike.
    private static final Map<String, String> HASHES = Map.of(
            "smallint", "hashint2",
            "integer", "hashint4",
            "bigint", "hashint8",
            "uuid", "uuid_hash",
            "text", "hashtext");

    /// @param reached where the round is; at its beginning the same as `from`
    /// @param from above which the stretch begins
    /// @param to its last key
    /// @param rows about how many it has
    private record Stretch(List<String> reached, List<String> from, List<String> to, int round, long rows) {
        List<String> place() {
            List<String> place = new ArrayList<>(reached);
            place.addAll(from);
            place.addAll(to);
            place.add(Integer.toString(round));
            place.add(Long.toString(rows));
            return place;
        }

        boolean isSweep() {
            return round == ROUNDS;
        }

        long rowsOfRound() {
            return Math.max(1, rows / ROUNDS);
        }
    }

    /// @return empty when no column of the key has a type whose values are cheaply told apart
    static Optional<BackfillRounds> along(BackfillKey key, String correlation, boolean sweeps) {
        List<String> hashes = IntStream.range(0, key.columns().size())
                .filter(i -> HASHES.containsKey(key.types().get(i)))
                .mapToObj(i -> "pg_catalog." + HASHES.get(key.types().get(i)) + "(" + correlation + "."
                        + Identifiers.quote(key.columns().get(i)) + ")")
                .toList();
        return hashes.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackfillRounds(key, String.join(" # ", hashes), sweeps));
    }

    @Override
    public String name() {
        return key.name();
    }

    @Override
    public String range(String correlation, List<String> above, List<String> upTo) {
        Optional<Stretch> begun = stretch(above);
        Optional<Stretch> goesOn = stretch(upTo);
        if (begun.isEmpty() && goesOn.isEmpty()) {
            return key.range(correlation, above, upTo);
        }
        int round = begun.map(Stretch::round).orElse(0);
        List<String> from = begun.map(Stretch::reached).orElse(above);
        List<String> to = goesOn.map(next -> next.round() == round ? next.reached() : next.to())
                .orElse(upTo);
        return key.rangePageByPage(correlation, from, to) + (round == ROUNDS ? "" : " AND " + belongsTo(round));
    }

    private String belongsTo(int round) {
        return "((" + hash + ") & " + Integer.MAX_VALUE + ") % " + ROUNDS + " = " + round;
    }

    @Override
    public String next(BatchText text, List<String> above, int rows) {
        Optional<Stretch> begun = stretch(above);
        if (begun.isPresent()) {
            return withinStretch(text, begun.get(), rows);
        }
        String plain = key.next(text, above, rows);
        return above.isEmpty() ? plain : firstOf(beginning(text, above, rows), plain);
    }

    private String beginning(BatchText text, List<String> above, int rows) {
        long all = (long) rows * ROUNDS;
        return "SELECT " + literal(above) + " || " + literal(above) + " || e.key || " + literal(List.of("1", "" + all))
                + " AS key FROM (" + key.at(text, above, List.of(), all) + ") e";
    }

    private String withinStretch(BatchText text, Stretch stretch, int rows) {
        String over = "SELECT " + literal(after(stretch)) + " AS key";
        if (stretch.isSweep() || stretch.rowsOfRound() <= (long) TOO_LARGE * rows) {
            return over;
        }
        List<String> rest =
                stretch.place().subList(key.columns().size(), stretch.place().size());
        String part = "SELECT e.key || " + literal(rest) + " AS key FROM ("
                + key.at(text, stretch.reached(), stretch.to(), (long) rows * ROUNDS) + ") e";
        return firstOf(part, over);
    }

    /// @return the place after this round
    private List<String> after(Stretch stretch) {
        int next = stretch.round() + 1;
        return next < (sweeps ? ROUNDS + 1 : ROUNDS)
                ? new Stretch(stretch.from(), stretch.from(), stretch.to(), next, stretch.rows()).place()
                : stretch.to();
    }

    private static String firstOf(String query, String otherwise) {
        return "SELECT s.key FROM (SELECT coalesce((" + query + "), (" + otherwise + ")) AS key OFFSET 0) s"
                + " WHERE s.key IS NOT NULL";
    }

    @Override
    public int rows(List<String> above, List<String> upTo, int asked) {
        return gone(above, upTo).map(stretch -> rowsOfBatch(stretch, asked)).orElse(asked);
    }

    /// Rounds leave a quarter dead, of which little is room, since the pages are full again. More are dead where no
    /// version does without an entry in an index, or where somebody's snapshot needs the old ones.
    @Override
    public double deadShare() {
        return 0.5;
    }

    /// The next stretch is as large as the slowest round of this one allows.
    @Override
    public int nextRows(BackfillPace pace, List<String> above, List<String> upTo, int asked, Duration took) {
        return gone(above, upTo)
                .map(stretch -> stretch.isSweep() ? asked : inStretch(pace, stretch, asked, took))
                .orElseGet(() -> pace.next(asked, took));
    }

    private static int inStretch(BackfillPace pace, Stretch stretch, int asked, Duration took) {
        double whole = (double) stretch.rowsOfRound() / rowsOfBatch(stretch, asked);
        int next = pace.next(Math.toIntExact(stretch.rowsOfRound()), Duration.ofNanos((long) (took.toNanos() * whole)));
        return stretch.round() == 0 ? next : Math.min(next, asked);
    }

    /// What a sweep goes over was counted before.
    private static int rowsOfBatch(Stretch stretch, int asked) {
        if (stretch.isSweep()) {
            return 0;
        }
        return Math.toIntExact(stretch.rowsOfRound() <= (long) TOO_LARGE * asked ? stretch.rowsOfRound() : asked);
    }

    /// @return the stretch and the round that the batch between two places belongs to
    private Optional<Stretch> gone(List<String> above, List<String> upTo) {
        return stretch(above)
                .or(() -> stretch(upTo).map(next -> new Stretch(next.from(), next.from(), next.to(), 0, next.rows())));
    }

    private Optional<Stretch> stretch(List<String> place) {
        int width = key.columns().size();
        return place.size() <= width
                ? Optional.empty()
                : Optional.of(new Stretch(
                        place.subList(0, width),
                        place.subList(width, 2 * width),
                        place.subList(2 * width, 3 * width),
                        Integer.parseInt(place.get(3 * width)),
                        Long.parseLong(place.getLast())));
    }

    private static String literal(List<String> texts) {
        return "ARRAY["
                + String.join(", ", texts.stream().map(Identifiers::literal).toList()) + "]::text[]";
    }
}
