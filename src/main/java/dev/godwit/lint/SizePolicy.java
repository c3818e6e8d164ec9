package dev.godwit.lint;

import dev.godwit.fact.RelationModel;
import dev.godwit.fact.StatementFacts;
import dev.godwit.text.Quantities;
import java.util.Optional;

/// Severity follows size, where size is known: what grows with the rows of a small table is over at once, on a large
/// one it never is.
final class SizePolicy {
    /// A hundred thousand rows of a kilobyte; wider rows take their time.
    static final long SMALL_BYTES = 100L * 1024 * 1024;

    private SizePolicy() {}

    static Finding apply(Finding finding, StatementFacts facts, SizeLimits limits) {
        Optional<RelationModel> relation =
                finding.growing() ? finding.relation().flatMap(facts::relation) : Optional.empty();
        return relation.filter(found -> found.rows().isPresent())
                .map(found -> apply(finding, facts, found, limits))
                .orElse(finding);
    }

    private static Finding apply(Finding finding, StatementFacts facts, RelationModel relation, SizeLimits limits) {
        long rows = relation.rows().orElse(0);
        long bytes = relation.bytes().orElse(0);
        String size =
                relation.name() + " has about " + Quantities.count(rows) + " rows (" + Quantities.bytes(bytes) + ")";
        if (rows <= limits.smallRows() && bytes <= SMALL_BYTES) {
            return finding.as(Severity.INFO).adding(size + ": it will be over at once.");
        }
        String time = Pace.of(facts, relation.name())
                .map(pace -> ": expect " + Pace.words(pace.least(rows, bytes)) + waiting(finding))
                .orElse("");
        Finding said = finding.adding(size + time + ".");
        return rows > limits.largeRows() ? said.as(Severity.ERROR) : said;
    }

    private static String waiting(Finding finding) {
        return finding.blocks().map(blocked -> ", while " + blocked + " wait").orElse("");
    }
}
