package dev.godwit.cli;

import dev.godwit.cli.config.Key;
import dev.godwit.cli.config.Keys;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// When and with whose word something new may be done to production, as flags. What is undone asks for neither.
final class MomentOptions {
    @Option(
            names = "--apply-window",
            paramLabel = "WINDOW",
            description = "when, such as \"22:00-05:00 Europe/Berlin\"")
    private @Nullable String window;

    @Option(names = "--apply-approvals", paramLabel = "WHEN", description = "a second person: high, always or never")
    private @Nullable String approvals;

    @Option(names = "--apply-evidence-age", paramLabel = "TIME", hidden = true)
    private @Nullable String evidenceAge;

    /// @return those that were typed
    Map<String, @Nullable String> flags() {
        Map<Key<?>, @Nullable String> typed = new HashMap<>();
        typed.put(Keys.WINDOW, window);
        typed.put(Keys.APPROVALS, approvals);
        typed.put(Keys.EVIDENCE_AGE, evidenceAge);
        return GateOptions.named(typed);
    }
}
