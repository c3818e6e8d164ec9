package dev.godwit.cli;

import static java.util.Objects.requireNonNull;

import dev.godwit.apply.DryRun;
import dev.godwit.apply.Gate;
import java.util.List;
import java.util.Map;

/// What would be done, and what would be asked before, as `--dry-run` shows it.
record DryRunText(DryRun plan, List<Gate> gates) {
    DryRunText {
        requireNonNull(plan);
        gates = List.copyOf(gates);
    }

    int exitCode() {
        return gates.stream().allMatch(Gate::open) ? ExitCode.OK : ExitCode.REFUSED;
    }

    void print(Terminal terminal) {
        Palette palette = terminal.palette();
        terminal.print(palette.bold("-- " + plan.migration()));
        gates.forEach(gate -> terminal.print("-- gate " + gate.name() + ": "
                + (gate.open() ? palette.green("open") : palette.red("closed")) + ", "
                + gate.reason().replace("\n", "\n--   ")));
        terminal.print(String.join("\n", plan.lines()));
    }

    /// @param kind what is named: `migration`, `backfill`
    Map<String, Object> document(String kind) {
        return Map.of(kind, plan.migration(), "gates", gates, "sql", plan.lines());
    }
}
