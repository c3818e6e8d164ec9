package dev.godwit.lint;

import dev.godwit.fact.Outline;
import dev.godwit.fact.Release;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks the scripts of one release: scripts → facts → findings.
public final class Linter {
    private final Rules rules;
    private final CheckOptions options;
    private final List<Rule> active;
    private final Set<String> activeIds;

    public Linter(Rules rules, CheckOptions options) {
        rules.requireKnown(options.settings().keySet());
        this.rules = rules;
        this.options = options;
        this.active = rules.all().stream().filter(rule -> isActive(rule.info())).toList();
        this.activeIds = active.stream().map(rule -> rule.info().id()).collect(Collectors.toUnmodifiableSet());
    }

    /// What a user names is on, unless it is named to be off; the rest is as the rule says.
    private boolean isActive(RuleInfo rule) {
        return Optional.ofNullable(options.settings().get(rule.id()))
                .map(setting -> setting != RuleSetting.OFF)
                .orElse(rule.onByDefault());
    }

    /// @param files one release in that order: later ones see what earlier ones made
    public static CheckResult check(List<CheckFile> files, CheckOptions options) {
        return check(files.stream(), options);
    }

    /// @param files as above; each is checked as soon as it is there
    public static CheckResult check(Stream<CheckFile> files, CheckOptions options) {
        return new Linter(Rules.load(), options).check(files);
    }

    CheckResult check(List<CheckFile> files) {
        return check(files.stream());
    }

    private CheckResult check(Stream<CheckFile> files) {
        Release release = new Release(options.version(), options.catalog());
        Stream<CheckFile> prepared = options.direction() == Direction.DOWN ? afterUps(release, files.toList()) : files;
        return new CheckResult(
                prepared.map(file -> new FileCheck(file, release, this).run()).toList(), options.failOn());
    }

    /// Downs are given newest first; their ups ran the other way round.
    private static Stream<CheckFile> afterUps(Release release, List<CheckFile> downs) {
        for (CheckFile down : downs.reversed()) {
            down.up().ifPresent(up -> {
                Release.Walk walk = release.begin(Outline.of(up).wraps(down.mode()));
                up.forEach(walk::next);
            });
        }
        release.turnBack();
        return downs.stream();
    }

    /// @param facts of the statements to check
    /// @return in their order in the file
    List<Finding> check(List<StatementFacts> facts, LintContext context) {
        List<Finding> findings = new ArrayList<>();
        List<Suppression> suppressions = new ArrayList<>();
        for (StatementFacts statement : facts) {
            List<Finding> found = check(statement, context);
            List<Suppression> used = suppress(Suppression.of(statement.statement()), found);
            suppressions.addAll(used);
            found.stream()
                    .filter(finding -> used.stream().noneMatch(suppression -> suppression.suppresses(finding)))
                    .forEach(findings::add);
        }
        active.stream()
                .flatMap(rule -> Stream.concat(
                        rule.checkScript(context).stream(), rule.checkSuppressions(suppressions, context).stream()))
                .map(this::configured)
                .forEach(findings::add);
        findings.sort(
                Comparator.comparingInt((Finding finding) -> finding.span().start())
                        .thenComparingInt(finding -> finding.rule().number()));
        return findings;
    }

    /// Plain loops: most of the rules find nothing, and a stream for each would cost more than they do.
    private List<Finding> check(StatementFacts facts, LintContext context) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : active) {
            for (Finding finding : rule.check(facts, context)) {
                if (concerns(finding, facts)) {
                    findings.add(configured(SizePolicy.apply(finding, facts, options.sizes())));
                }
            }
        }
        return findings;
    }

    LintContext context(Surroundings surroundings, Outline outline, TransactionMode mode) {
        return new LintContext(surroundings, outline, mode, options.direction(), options.version(), rules, activeIds);
    }

    private static boolean concerns(Finding finding, StatementFacts facts) {
        return finding.rule().scope() == Scope.EVERYTHING
                || finding.relation().filter(facts.createdHere()::contains).isEmpty();
    }

    private Finding configured(Finding finding) {
        return Optional.ofNullable(options.settings().get(finding.rule().id()))
                .flatMap(RuleSetting::severity)
                .map(finding::as)
                .orElse(finding);
    }

    private static List<Suppression> suppress(List<Suppression> suppressions, List<Finding> findings) {
        List<Suppression> used = new ArrayList<>();
        for (Suppression suppression : suppressions) {
            Set<String> hits = new HashSet<>();
            findings.stream()
                    .filter(suppression::suppresses)
                    .forEach(finding -> hits.add(finding.rule().id()));
            used.add(suppression.with(hits));
        }
        return used;
    }
}
