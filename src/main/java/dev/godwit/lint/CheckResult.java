package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;

/// What a check found, file by file in the order given.
public record CheckResult(List<CheckedFile> files, FailOn failOn) {
    public CheckResult {
        files = List.copyOf(files);
        requireNonNull(failOn);
    }

    /// @param statements how many the file holds, broken ones not counted
    /// @param findings in their order in the file; of a file that is nothing but hazards the first 10,000
    /// @param counts of all findings, those too that are not listed
    public record CheckedFile(SourceText source, int statements, List<Finding> findings, Map<Severity, Long> counts) {
        public CheckedFile {
            requireNonNull(source);
            findings = List.copyOf(findings);
            counts = Map.copyOf(counts);
        }

        private long unlisted() {
            return counts.values().stream().mapToLong(Long::longValue).sum() - findings.size();
        }
    }

    public long count(Severity severity) {
        return files.stream()
                .mapToLong(file -> file.counts().getOrDefault(severity, 0L))
                .sum();
    }

    /// @return how many findings are counted and not listed
    public long unlisted() {
        return files.stream().mapToLong(CheckedFile::unlisted).sum();
    }

    public int statements() {
        return files.stream().mapToInt(CheckedFile::statements).sum();
    }

    /// @return is there a finding at or above the threshold? Then the command exits with 1
    public boolean refused() {
        return files.stream().flatMap(file -> file.counts().keySet().stream()).anyMatch(failOn::refuses);
    }
}
