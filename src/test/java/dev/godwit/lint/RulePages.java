package dev.godwit.lint;

import dev.godwit.report.format.Paint;
import dev.godwit.report.format.ReportFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The pages of the rules in `docs/rules/`, from what each rule says of itself, from its cases and from what Godwit
/// prints
/// on them. `./dev docs` writes them.
public final class RulePages {
    public static final Path ROOT = Path.of("docs/rules");

    private static final String HEAD = "<!-- Written by ./dev docs; do not edit. -->\n";

    private RulePages() {}

    /// @return every page that should be there, by its file
    public static Map<Path, String> all() {
        Map<Path, String> pages = new TreeMap<>();
        Map<String, RuleCase> cases = RuleCase.all().stream().collect(Collectors.toMap(RuleCase::id, rule -> rule));
        List<RuleInfo> rules = Rules.load().all().stream().map(Rule::info).toList();
        pages.put(ROOT.resolve("index.md"), index(rules));
        for (RuleInfo rule : rules) {
            RuleCase its = cases.get(rule.id());
            if (its != null) {
                pages.put(ROOT.resolve(rule.id() + ".md"), page(rule, its));
            }
        }
        return pages;
    }

    private static String index(List<RuleInfo> rules) {
        return HEAD + """
                # The hazards that Godwit knows

                Each rule below is proved by running a bad and a good script on real PostgreSQL, on every major that has the
                hazard; its page says what was observed. The numbers are those of the project's list of hazards, merged from
                eleven linters. A rule speaks of relations that were there before the release; what the release made itself
                nobody uses yet. `--rule ID=off|info|warning|error` or `[rules]` of `godwit.toml` changes what a rule counts,
                `-- godwit:ignore ID reason` above a statement silences it there.

                | No. | Rule | Severity | Finds |
                |---|---|---|---|
                """ + rules.stream().map(RulePages::row).collect(Collectors.joining()) + """

                *Off*: a rule of style, or of what Godwit's own runner takes care of; it speaks only where it is named.

                ## Left out

                """
                + read(RuleCase.ROOT.resolve("left-out.md"));
    }

    private static String row(RuleInfo rule) {
        String severity = rule.severity().word() + (rule.onByDefault() ? "" : ", *off*");
        return "| %d | [%s](%s.md) | %s | %s |%n"
                .formatted(rule.number(), rule.id(), rule.id(), severity, cell(rule.condition()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String page(RuleInfo rule, RuleCase its) {
        return HEAD
                + """
                # %s

                %s

                %s

                **Instead:** %s

                %s

                ## What Godwit says

                %s

                ## The safe way

                %s

                ## What was proved

                %s

                ## Where it does not apply

                %s
                """.formatted(
                                rule.id(),
                                rule.condition(),
                                rule.effect(),
                                rule.workaround(),
                                facts(rule),
                                said(its),
                                fenced("sql", its.text("good.sql")),
                                proved(its),
                                suppressed(rule));
    }

    private static String facts(RuleInfo rule) {
        String scope = switch (rule.scope()) {
            case EXISTING_RELATIONS -> "on relations that were there before the release";
            case EVERYTHING -> "anywhere";
        };
        String switched = rule.onByDefault()
                ? ""
                : " · off until it is named: `--rule " + rule.id() + "="
                        + rule.severity().word() + "`";
        return "No. " + rule.number() + " of the [hazards](index.md) · "
                + rule.severity().word() + " · " + scope + switched;
    }

    private static String said(RuleCase its) {
        CheckFile bad = CheckFile.of(its.script("bad"), its.mode("bad"));
        String text = ReportFormats.render(
                ReportFormats.load().named("text"), Linter.check(List.of(bad), its.options()), Paint.NONE);
        String profile = its.has("profile.json")
                ? "\nWith a [profile](../../src/test/resources/rules/%s/profile.json) of this schema, a thousand times as large:\n\n"
                                .formatted(its.id())
                        + fenced("sql", its.text("setup.sql")) + "\n"
                : "";
        return fenced("sql", its.text("bad.sql")) + "\n" + profile + "\n" + fenced("text", text);
    }

    private static String proved(RuleCase its) {
        IntSummaryStatistics range = its.majors().summaryStatistics();
        String majors =
                range.getMin() == range.getMax() ? "" + range.getMin() : range.getMin() + " to " + range.getMax();
        String why = its.text("proof.properties")
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining(" "));
        return "On PostgreSQL " + majors + ", by running both scripts"
                + " ([cases](../../src/test/resources/rules/" + its.id() + ")): " + why + "\n\n"
                + new ClaimWords(its)
                        .sentences().stream().map(sentence -> "- " + sentence).collect(Collectors.joining("\n"));
    }

    private static String suppressed(RuleInfo rule) {
        return "Say so above the statement, with the reason; or switch the rule off in `godwit.toml`.\n\n"
                + fenced("sql", "-- godwit:ignore " + rule.id() + " why it is safe here") + "\n\n"
                + fenced("toml", "[rules]\n" + rule.id() + " = \"off\"");
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text.strip() + "\n```";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
