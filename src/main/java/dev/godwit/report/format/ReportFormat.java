package dev.godwit.report.format;

import dev.godwit.lint.CheckResult;
import java.io.IOException;

/// A shape for the result of a check. To add one: a class here with `@AutoService(ReportFormat.class)`, and its case
/// folder under `src/test/resources/formats/`.
public interface ReportFormat {
    /// @return as `--format` names it
    String id();

    /// @param paint used by formats for people, ignored by formats for programs
    void write(CheckResult result, Appendable out, Paint paint) throws IOException;
}
