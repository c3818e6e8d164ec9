package dev.godwit.cli;

import dev.godwit.demo.Demo;
import dev.godwit.demo.DemoResult;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The whole passage, to watch.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Watch the whole passage on an embedded PostgreSQL under live traffic.",
        footer = {"", "Example: godwit demo --rows 200000"})
final class DemoCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "orders in the shop (${DEFAULT-VALUE})")
    private long rows;

    @Option(names = "--keep", description = "leave the project's files, evidence and runbooks")
    private boolean keep;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json")
    private String format = "text";

    @Option(
            names = {"-q", "--quiet"},
            description = "no story, only the result")
    private boolean quiet;

    @Option(names = "--debug", hidden = true, description = "print stack traces")
    private boolean debug;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        boolean json = Formats.isJson(format);
        Terminal terminal = context.terminal().withQuiet(quiet && !debug);
        Story story = new Story(json ? terminal.resultsToErr() : terminal);
        DemoResult result = run(story);
        if (json) {
            terminal.print(EvidenceJson.write(result));
        }
        return result.kept() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private DemoResult run(Story story) {
        try (Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit demo"))) {
            return new Demo(new Demo.Options(rows, keep), story, interrupts.cancellation()).run();
        } finally {
            story.end();
        }
    }
}
