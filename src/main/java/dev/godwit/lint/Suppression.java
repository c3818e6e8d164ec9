package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.Directive;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One `-- godwit:ignore RULE[,RULE] reason…` above a statement, and what it did.
///
/// @param rules as written
/// @param reason empty when none was given; then nothing is suppressed
/// @param used those of `rules` that had a finding to suppress
public record Suppression(
        Directive directive, ParsedStatement statement, List<String> rules, String reason, Set<String> used) {
    static final String DIRECTIVE = "ignore";

    public Suppression {
        requireNonNull(directive);
        requireNonNull(statement);
        rules = List.copyOf(rules);
        requireNonNull(reason);
        used = Set.copyOf(used);
    }

    static List<Suppression> of(ParsedStatement statement) {
        List<Suppression> found = new ArrayList<>();
        for (Directive directive : statement.directives()) {
            if (directive.name().equals(DIRECTIVE)) {
                found.add(parse(directive, statement));
            }
        }
        return found;
    }

    /// A comma holds the list together, with or without a space after it.
    private static Suppression parse(Directive directive, ParsedStatement statement) {
        String joined = directive.argument().strip().replaceAll("\\s*,\\s*", ",");
        int space = joined.indexOf(' ');
        String list = space < 0 ? joined : joined.substring(0, space);
        String reason = space < 0 ? "" : joined.substring(space).strip();
        List<String> rules = List.of(list.split(",", -1)).stream()
                .filter(rule -> !rule.isEmpty())
                .toList();
        return new Suppression(directive, statement, rules, reason, Set.of());
    }

    boolean suppresses(Finding finding) {
        return !reason.isEmpty() && rules.contains(finding.rule().id());
    }

    Suppression with(Set<String> usedRules) {
        return new Suppression(directive, statement, rules, reason, usedRules);
    }
}
