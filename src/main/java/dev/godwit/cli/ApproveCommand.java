package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Approvals;
import dev.godwit.passage.Passage;
import dev.godwit.problem.Problem;
import dev.godwit.source.BackfillFiles;
import dev.godwit.source.Migration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The second person's word.
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approve a rehearsed migration, in the ledger, by the login of the database. Not your own.",
        footer = {"", "Example: godwit approve add_orders_region --reason \"read the runbook\""})
final class ApproveCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "MIGRATION", description = "id, version, name or file; or backfill:NAME")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; the ledger keeps it")
    private String reason = "";

    ApproveCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = project.settings(context, Map.of());
        if (name.startsWith(BackfillFiles.PREFIX)) {
            return approveBackfill(settings, new BackfillFiles(settings.root()).find(name));
        }
        Passage passage = ProjectOptions.passage(context, settings);
        Migration migration = passage.production().migrations().find(name);
        Evidence evidence = rehearsed(passage, migration);
        String role;
        try (Session session = passage.production().open()) {
            role = Approvals.add(session, migration.id(), migration.digest(), reason);
        }
        project.common().terminal(context.terminal()).print(said(migration, evidence, role));
        return ExitCode.OK;
    }

    /// Of a backfill there is its statement to read, and no rehearsal.
    private int approveBackfill(Settings settings, Migration backfill) {
        DatabaseUrl production = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        try (Session session = Session.open(production, "godwit")) {
            String role = Approvals.add(session, backfill.id(), backfill.digest(), reason);
            project.common()
                    .terminal(context.terminal())
                    .print(
                            project.common().json()
                                    ? EvidenceJson.write(Map.of(
                                            "backfill", backfill.id(), "digest", backfill.digest(), "role", role))
                                    : "approved  " + backfill.id() + "  by " + role);
        }
        return ExitCode.OK;
    }

    /// Who approves has something to read: the evidence of just this text.
    private static Evidence rehearsed(Passage passage, Migration migration) {
        return passage.evidence(migration)
                .filter(evidence -> evidence.digest().equals(migration.digest()))
                .orElseThrow(() -> Problem.refused(
                                migration.id() + " is not rehearsed as it stands: there is nothing to approve")
                        .leaving("nothing was changed")
                        .remedy("godwit rehearse " + migration.id())
                        .raise());
    }

    private String said(Migration migration, Evidence evidence, String role) {
        String risk = evidence.risk().level().name().toLowerCase(Locale.ROOT);
        return project.common().json()
                ? EvidenceJson.write(
                        Map.of("migration", migration.id(), "digest", migration.digest(), "role", role, "risk", risk))
                : "approved  " + migration.id() + "  by " + role + ", risk " + risk;
    }
}
