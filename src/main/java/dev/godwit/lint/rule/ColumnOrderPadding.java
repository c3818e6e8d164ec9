package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Bytes between columns that hold nothing.
@AutoService(Rule.class)
public final class ColumnOrderPadding implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "column-order-padding",
                    53,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "CREATE TABLE whose columns of fixed width, in their order, leave eight bytes or more of each row empty.",
                    "Each row is longer than it need be: more pages, fewer rows in the cache.",
                    "Put the eight-byte columns first, then four, two and one; what varies in length last.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /// Width and alignment at once: of these types they are the same (pg_type.typlen and typalign).
    private static final Map<String, Integer> WIDTHS = Map.ofEntries(
            Map.entry("int8", 8),
            Map.entry("bigserial", 8),
            Map.entry("float8", 8),
            Map.entry("timestamp", 8),
            Map.entry("timestamptz", 8),
            Map.entry("time", 8),
            Map.entry("int4", 4),
            Map.entry("serial", 4),
            Map.entry("float4", 4),
            Map.entry("date", 4),
            Map.entry("int2", 2),
            Map.entry("bool", 1));

    private static final int WORTH_IT = 8;

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (!(facts.statement().statement() instanceof Statement.CreateTable create)) {
            return List.of();
        }
        List<Integer> widths = create.columns().stream()
                .takeWhile(column -> WIDTHS.containsKey(column.type().name())
                        && !column.type().array())
                .map(column -> WIDTHS.get(column.type().name()))
                .toList();
        int lost = length(widths)
                - length(widths.stream().sorted(Comparator.reverseOrder()).toList());
        return lost < WORTH_IT
                ? List.of()
                : List.of(Finding.at(facts, INFO, lost + " bytes of each row of " + create.name() + " hold nothing.")
                        .on(create.name())
                        .help("Put the eight-byte columns first, then those of four, two and one."));
    }

    private static int length(List<Integer> widths) {
        int length = 0;
        for (int width : widths) {
            length = Math.ceilDiv(length, width) * width + width;
        }
        return length;
    }
}
