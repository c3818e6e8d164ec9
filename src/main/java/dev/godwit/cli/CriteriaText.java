package dev.godwit.cli;

import dev.godwit.evidence.CriterionState;
import dev.godwit.report.CriteriaReport;

/// The seven criteria in colour.
final class CriteriaText {
    private CriteriaText() {}

    static String of(CriteriaReport report, Palette palette) {
        return report.text((state, line) -> paint(state, line, palette));
    }

    private static String paint(CriterionState state, String line, Palette palette) {
        return switch (state) {
            case MET -> palette.green(line);
            case NOT_MET -> palette.red(line);
            case UNKNOWN -> palette.yellow(line);
        };
    }
}
