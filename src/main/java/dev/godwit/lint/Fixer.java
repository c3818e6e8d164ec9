package dev.godwit.lint;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Puts fixes in the place of what they fix, and keeps those that a second check finds good: no syntax error, the
/// finding gone, no other come.
public final class Fixer {
    /// @param file its number among those given
    /// @param finding with the span that its fix takes the place of, in the text as given
    public record Fix(int file, Finding finding) {
        Span span() {
            return finding.span();
        }

        public String replacement() {
            return finding.fix().orElseThrow();
        }
    }

    /// @param result of the check with the fixes made
    public record Fixed(List<Fix> made, CheckResult result) {
        public Fixed {
            made = List.copyOf(made);
        }
    }

    private record Mark(int file, String rule, Optional<QualifiedName> relation) {}

    private final List<CheckFile> files;
    private final Linter linter;
    private final CheckResult before;
    private final List<Fix> made = new ArrayList<>();
    private CheckResult result;

    private Fixer(List<CheckFile> files, Linter linter) {
        this.files = files;
        this.linter = linter;
        this.before = linter.check(files);
        this.result = before;
    }

    /// @param files one release, in that order
    /// @param writable may the file of that number be changed?
    public static Fixed fix(List<CheckFile> files, CheckOptions options, IntPredicate writable) {
        return fix(files, new Linter(Rules.load(), options), writable);
    }

    static Fixed fix(List<CheckFile> files, Linter linter, IntPredicate writable) {
        Fixer fixer = new Fixer(files, linter);
        fixer.attempt(fixer.offered(writable));
        return new Fixed(fixer.made, fixer.result);
    }

    /// Of fixes for one place the first.
    private List<Fix> offered(IntPredicate writable) {
        List<Fix> offered = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            int end = 0;
            for (Finding finding :
                    writable.test(file) ? before.files().get(file).findings() : List.<Finding>of()) {
                if (finding.fix().isPresent() && finding.span().start() >= end) {
                    offered.add(new Fix(file, finding));
                    end = finding.span().end();
                }
            }
        }
        return offered;
    }

    /// All at once, or, where these do not hold, by halves: so one bad fix costs no other.
    private void attempt(List<Fix> fixes) {
        if (fixes.isEmpty() || holds(fixes)) {
            return;
        }
        if (fixes.size() > 1) {
            int half = fixes.size() / 2;
            attempt(fixes.subList(0, half));
            attempt(fixes.subList(half, fixes.size()));
        }
    }

    private boolean holds(List<Fix> more) {
        List<Fix> all = new ArrayList<>(made);
        all.addAll(more);
        List<CheckFile> candidates = with(all);
        CheckResult after = linter.check(candidates);
        if (worse(candidates) || !within(marks(after), left(all))) {
            return false;
        }
        made.addAll(more);
        result = after;
        return true;
    }

    private List<CheckFile> with(List<Fix> fixes) {
        return IntStream.range(0, files.size())
                .mapToObj(file -> {
                    List<Fix> here =
                            fixes.stream().filter(fix -> fix.file() == file).toList();
                    return here.isEmpty() ? files.get(file) : with(files.get(file), here);
                })
                .toList();
    }

    private static CheckFile with(CheckFile file, List<Fix> fixes) {
        SourceText source = file.script().source();
        ScriptParts fixed = Scripts.parts(new SourceText(source.name(), apply(source.content(), fixes)));
        return new CheckFile(fixed, file.mode(), file.up());
    }

    /// @param content of the file that all the fixes are for, in which they overlap nowhere
    public static String apply(String content, List<Fix> fixes) {
        StringBuilder text = new StringBuilder(content);
        fixes.stream()
                .sorted(Comparator.comparingInt((Fix fix) -> fix.span().start()).reversed())
                .forEach(fix -> text.replace(fix.span().start(), fix.span().end(), fix.replacement()));
        return text.toString();
    }

    private boolean worse(List<CheckFile> candidates) {
        return IntStream.range(0, files.size())
                .anyMatch(file -> candidates.get(file).script().problems()
                        > files.get(file).script().problems());
    }

    private Map<Mark, Integer> left(List<Fix> fixes) {
        Map<Mark, Integer> left = marks(before);
        fixes.forEach(fix -> left.merge(mark(fix.file(), fix.finding()), -1, Integer::sum));
        return left;
    }

    /// @return how often each is found
    private static Map<Mark, Integer> marks(CheckResult checked) {
        Map<Mark, Integer> marks = new HashMap<>();
        for (int file = 0; file < checked.files().size(); file++) {
            for (Finding finding : checked.files().get(file).findings()) {
                marks.merge(mark(file, finding), 1, Integer::sum);
            }
        }
        return marks;
    }

    private static Mark mark(int file, Finding finding) {
        return new Mark(file, finding.rule().id(), finding.relation());
    }

    private static boolean within(Map<Mark, Integer> some, Map<Mark, Integer> all) {
        return some.entrySet().stream().allMatch(mark -> mark.getValue() <= all.getOrDefault(mark.getKey(), 0));
    }
}
