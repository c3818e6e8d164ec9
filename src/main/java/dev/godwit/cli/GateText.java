package dev.godwit.cli;

import dev.godwit.apply.Gate;

/// A gate as `--dry-run` shows it.
final class GateText {
    private GateText() {}

    static String of(Gate gate, Palette palette) {
        return "-- gate " + gate.name() + ": " + (gate.open() ? palette.green("open") : palette.red("closed")) + ", "
                + gate.reason();
    }
}
