package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.fact.StatementFacts;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FixerTest {
    private static Fixer.Fixed fix(RuleCase rule) {
        return Fixer.fix(List.of(file(rule)), rule.options(), _ -> true);
    }

    private static CheckFile file(RuleCase rule) {
        return CheckFile.of(rule.script("bad"), rule.mode("bad"));
    }

    /// On the oldest and on the newest major that have the hazard. What fails as it stands leaves no schema to compare.
    @TestFactory
    Stream<DynamicTest> everyFixLeavesTheSchemaThatTheScriptWouldHaveLeft() {
        List<RuleCase> fixed = RuleCase.all().stream()
                .filter(rule -> rule.claim("fails").isEmpty())
                .filter(rule -> !fix(rule).made().isEmpty())
                .toList();
        assertThat(fixed).hasSizeGreaterThanOrEqualTo(3);
        return fixed.stream().map(rule -> DynamicTest.dynamicTest(rule.id(), () -> leavesTheSameSchema(rule)));
    }

    /// What fails leaves nothing; then good says what was meant.
    private static ParsedScript meant(RuleCase rule) {
        return rule.script(rule.claim("fails").isPresent() ? "good" : "bad");
    }

    private static void leavesTheSameSchema(RuleCase rule) {
        ParsedScript script = rule.script("bad");
        Fixer.Fixed fixed = fix(rule);
        String text = Fixer.apply(script.source().content(), fixed.made());
        ParsedScript after = Scripts.parse(new SourceText("fixed.sql", text));
        assertThat(after.problems()).isEmpty();
        assertThat(fixed.result().files().getFirst().findings())
                .extracting(finding -> finding.rule().id())
                .doesNotContain(rule.id());
        IntStream.of(rule.majors().min().orElseThrow(), rule.majors().max().orElseThrow())
                .forEach(major -> assertThat(schema(rule, after, major)).isEqualTo(schema(rule, meant(rule), major)));
    }

    private static String schema(RuleCase rule, ParsedScript script, int major) {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        try (Session session = Session.open(url, "fix")) {
            session.execute(rule.text("setup.sql"));
            script.statements().forEach(statement -> session.execute(statement.sql()));
            return Fingerprint.of(CatalogReader.read(session, Set.of()));
        }
    }

    /// A rule whose fixes break what they touch, but for one.
    private static final class Careless implements Rule {
        private static final RuleInfo INFO =
                new RuleInfo("careless", 1000, Severity.ERROR, RuleInfo.Scope.EVERYTHING, "", "", "");

        @Override
        public RuleInfo info() {
            return INFO;
        }

        @Override
        public List<Finding> check(StatementFacts facts, LintContext context) {
            String sql = facts.statement().sql();
            String fix = sql.contains("good") ? "SELECT fixed" : sql + " FROM WHERE";
            return sql.contains("fixed")
                    ? List.of()
                    : List.of(Finding.at(facts, INFO, "").fix(Optional.of(fix)));
        }
    }

    @Test
    void aFixThatDoesNotHoldCostsNoOther() {
        ParsedScript script = Scripts.parse(new SourceText("a.sql", "SELECT 1; SELECT good; SELECT 2; SELECT good, 2"));
        Linter linter = new Linter(new Rules(List.of(new Careless())), CheckOptions.defaults());
        Fixer.Fixed fixed = Fixer.fix(List.of(CheckFile.of(script, TransactionMode.AUTO)), linter, _ -> true);
        assertThat(Fixer.apply(script.source().content(), fixed.made()))
                .isEqualTo("SELECT 1; SELECT fixed; SELECT 2; SELECT fixed");
        assertThat(fixed.result().count(Severity.ERROR)).isEqualTo(2);
    }

    @Test
    void whatMayNotBeWrittenIsLeft() {
        RuleCase index = RuleCase.all().stream()
                .filter(rule -> rule.id().equals("create-index-not-concurrent"))
                .findFirst()
                .orElseThrow();
        Fixer.Fixed fixed = Fixer.fix(List.of(file(index), file(index)), index.options(), number -> number == 1);
        assertThat(fixed.made()).extracting(Fixer.Fix::file).containsExactly(1);
        assertThat(fixed.result().count(Severity.ERROR)).isEqualTo(1);
    }
}
