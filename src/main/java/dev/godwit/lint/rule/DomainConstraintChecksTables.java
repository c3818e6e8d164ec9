package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A domain whose new constraint is everybody's business at once.
@AutoService(Rule.class)
public final class DomainConstraintChecksTables implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "domain-constraint-checks-tables",
            28,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER DOMAIN … ADD CONSTRAINT without NOT VALID, or … SET NOT NULL, on a domain that is in use.",
            "It holds a SHARE lock, which blocks writes, on every table with a column of the domain while each of them is read.",
            "Add the CHECK NOT VALID; validating it later still takes the SHARE locks, so for large tables put a CHECK on the tables instead, NOT VALID, and validate that.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.AlterDomain domain && domain.validates()
                ? finding(facts, domain).stream().toList()
                : List.of();
    }

    private static Optional<Finding> finding(StatementFacts facts, Statement.AlterDomain domain) {
        List<QualifiedName> tables = facts.scans().stream()
                .filter(table -> !facts.createdHere().contains(table))
                .sorted()
                .toList();
        if (tables.isEmpty()) {
            return facts.relation(domain.name()).isPresent() ? Optional.empty() : Optional.of(unknown(facts, domain));
        }
        return Optional.of(Finding.at(
                        facts,
                        INFO,
                        "Every row of " + names(tables) + " is checked for the domain " + domain.name()
                                + " under a SHARE lock on each, which blocks writes.")
                .on(tables.getFirst())
                .under(LockMode.SHARE)
                .growingWithRows()
                .help(HELP));
    }

    private static String names(List<QualifiedName> tables) {
        return tables.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    }

    private static final String HELP =
            "Put a CHECK on the tables instead, NOT VALID, and validate it in a later transaction, which lets writes go on;"
                    + " the domain may have the constraint NOT VALID, so that new values are checked.";

    private static Finding unknown(StatementFacts facts, Statement.AlterDomain domain) {
        return Finding.at(
                        facts,
                        INFO,
                        "Every table with a column of the domain " + domain.name()
                                + " is read under a SHARE lock, which blocks writes; which these are is not known here.")
                .as(Severity.WARNING)
                .help("Check with a profile of production (--profile). " + HELP);
    }
}
