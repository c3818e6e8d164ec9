package dev.godwit.lint;

import dev.godwit.fact.Outline;
import dev.godwit.fact.Release;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.statement.ParsedScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks one file, part by part: three parts of a long one are known at a time, the one at hand and its neighbours.
final class FileCheck {
    /// Nobody reads more of one file; what comes after is counted.
    static final int MOST_FINDINGS = 10_000;

    private record Part(ParsedScript script, List<StatementFacts> facts) {}

    private final CheckFile file;
    private final Linter linter;
    private final Outline outline;
    private final Release.Walk walk;
    private final Iterator<ParsedScript> parts;
    private final List<Finding> listed = new ArrayList<>();
    private final Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    private int statements;

    FileCheck(CheckFile file, Release release, Linter linter) {
        this.file = file;
        this.linter = linter;
        this.outline = Outline.of(file.script());
        this.walk = release.begin(outline.wraps(file.mode()));
        this.parts = file.script().iterator();
    }

    CheckedFile run() {
        List<StatementFacts> before = List.of();
        boolean fromStart = true;
        Optional<Part> current = next();
        while (current.isPresent()) {
            Part part = current.get();
            current = next();
            List<StatementFacts> after = current.map(Part::facts).orElse(List.of());
            check(part, Surroundings.of(part.script(), before, part.facts(), after, fromStart));
            fromStart = before.isEmpty();
            before = part.facts();
        }
        return new CheckedFile(file.script().source(), statements, listed, counts);
    }

    private Optional<Part> next() {
        if (!parts.hasNext()) {
            return Optional.empty();
        }
        ParsedScript part = parts.next();
        return Optional.of(new Part(part, walk.next(part)));
    }

    private void check(Part part, Surroundings surroundings) {
        List<Finding> found = linter.check(part.facts(), linter.context(surroundings, outline, file.mode()));
        statements += part.script().statements().size();
        found.forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
        listed.addAll(found.subList(0, Math.min(found.size(), MOST_FINDINGS - listed.size())));
    }
}
