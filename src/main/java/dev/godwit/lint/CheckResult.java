package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.util.List;

/// What a check found, file by file in the order given.
public record CheckResult(List<CheckedFile> files, FailOn failOn) {
    public CheckResult {
        files = List.copyOf(files);
        requireNonNull(failOn);
    }

    /// @param statements how many the file holds, broken ones not counted
    /// @param findings in their order in the file
    public record CheckedFile(SourceText source, int statements, List<Finding> findings) {
        public CheckedFile {
            requireNonNull(source);
            findings = List.copyOf(findings);
        }
    }

    public long count(Severity severity) {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    public int statements() {
        return files.stream().mapToInt(CheckedFile::statements).sum();
    }

    /// @return is there a finding at or above the threshold? Then the command exits with 1
    public boolean refused() {
        return files.stream()
                .flatMap(file -> file.findings().stream())
                .anyMatch(finding -> failOn.refuses(finding.severity()));
    }
}
