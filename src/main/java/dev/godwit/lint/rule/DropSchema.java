package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// A schema with all that is in it.
@AutoService(Rule.class)
public final class DropSchema implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-schema",
            58,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "DROP SCHEMA of a schema that is in use.",
            "With CASCADE everything in it is lost, seen or unseen; without, it fails with SQLSTATE 2BP01 as soon as something is left in it.",
            "Drop what is in it one by one, each in a migration that says what goes, and the empty schema last.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.DropObjects drop && drop.kind() == ObjectKind.SCHEMA
                ? drop.objects().stream()
                        .map(schema -> finding(facts, schema, drop.cascade()))
                        .toList()
                : List.of();
    }

    private static Finding finding(StatementFacts facts, QualifiedName schema, boolean cascade) {
        String name = Wording.sql(schema.name());
        if (facts.origin(schema) == Origin.UNDONE_UP) {
            return Finding.at(facts, INFO, "DROP SCHEMA " + name + " undoes the up; what came into it since is lost.")
                    .on(schema)
                    .as(Severity.INFO)
                    .help("Keep a copy of its rows if they matter.");
        }
        String message = cascade
                ? "DROP SCHEMA " + name + " CASCADE loses every table in it with its rows, and what depends on them."
                : "DROP SCHEMA " + name + " fails with SQLSTATE 2BP01 unless nothing is left in it.";
        return Finding.at(facts, INFO, message)
                .on(schema)
                .as(cascade ? Severity.ERROR : Severity.WARNING)
                .help("Drop what is in it one by one, in migrations that say what goes, then the empty schema.");
    }
}
