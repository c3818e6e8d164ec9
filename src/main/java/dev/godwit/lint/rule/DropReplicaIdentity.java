package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintModel;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import java.util.List;
import java.util.Optional;

/// A primary key goes by which logical replication tells rows apart.
@AutoService(Rule.class)
public final class DropReplicaIdentity implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-replica-identity",
            76,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DROP CONSTRAINT of a primary key, on a table whose replica identity was not chosen.",
            "If the table is in a publication, every UPDATE and DELETE fails with SQLSTATE 55000 from then on.",
            "Before that, build a unique index CONCURRENTLY and set REPLICA IDENTITY USING INDEX.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.DropConstraint.class,
                (table, drop, _) -> isPrimary(facts, table, drop.constraint()) && !isChosen(facts, table)
                        ? Optional.of(finding(facts, table, drop.constraint()))
                        : Optional.empty());
    }

    /// By the server's own way to name it, where nothing tells what the constraint is.
    private static boolean isPrimary(StatementFacts facts, QualifiedName table, String constraint) {
        return facts.relation(table)
                .flatMap(relation -> relation.constraint(constraint))
                .map(found -> found.kind() == ConstraintModel.Kind.PRIMARY_KEY)
                .orElse(constraint.equals(table.name() + "_pkey"));
    }

    private static boolean isChosen(StatementFacts facts, QualifiedName table) {
        return facts.relation(table)
                .filter(relation -> relation.has(Trait.REPLICA_IDENTITY))
                .isPresent();
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, String constraint) {
        return Finding.at(
                        facts,
                        INFO,
                        "Without its primary key " + constraint + ", rows of " + table
                                + " have no replica identity: if a publication has the table, UPDATE and DELETE fail"
                                + " with SQLSTATE 55000.")
                .on(table)
                .help("First CREATE UNIQUE INDEX CONCURRENTLY on the key, then ALTER TABLE " + Wording.sql(table)
                        + " REPLICA IDENTITY USING INDEX ….");
    }
}
