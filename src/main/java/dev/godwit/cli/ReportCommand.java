package dev.godwit.cli;

import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.passage.Passage;
import dev.godwit.problem.Problem;
import dev.godwit.report.CriteriaReport;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The seven exit criteria.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Print the seven exit criteria of a migration with their evidence (text, json, markdown).",
        footer = {"", "Example: godwit report add_orders_region --format markdown"})
final class ReportCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "MIGRATION",
            arity = "0..1",
            description = "default: the last that is applied, else the first pending")
    private @Nullable String name;

    ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = project.settings(context, Map.of());
        Passage passage = ProjectOptions.passage(context, settings);
        CriteriaReport report = passage.report(migration(passage));
        Terminal terminal = project.common().terminal(context.terminal());
        terminal.print(
                switch (project.common().format()) {
                    case "text" -> CriteriaText.of(report, terminal.palette());
                    case "json" -> EvidenceJson.write(report);
                    case "markdown" -> report.markdown().stripTrailing();
                    default ->
                        throw Problem.usage(
                                        "no such format: " + project.common().format())
                                .remedy("--format text, json or markdown")
                                .raise();
                });
        return report.met() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Migration migration(Passage passage) {
        if (name != null) {
            return passage.production().migrations().find(name);
        }
        Pending pending = passage.production().pending();
        List<Migration> all = pending.applied().isEmpty()
                ? pending.pending()
                : List.of(pending.applied().getLast());
        return all.stream()
                .findFirst()
                .orElseThrow(() -> Problem.usage("the project has no migration")
                        .remedy("godwit new NAME")
                        .raise());
    }
}
