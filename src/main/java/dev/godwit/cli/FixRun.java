package dev.godwit.cli;

import dev.godwit.cli.CheckInput.Given;
import dev.godwit.lint.CheckFile;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.Fixer;
import dev.godwit.lint.Fixer.Fix;
import dev.godwit.problem.Problem;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes fixes into the files of a check. A file is replaced as a whole or not at all, and only while it still says
/// what was checked; what is not fixed in it, down to its line ends, stays as it is.
record FixRun(List<Given> given, Terminal terminal) {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    CheckResult fix(CheckOptions options) {
        List<CheckFile> files = given.stream().map(Given::file).toList();
        Fixer.Fixed fixed =
                Fixer.fix(files, options, file -> given.get(file).path().isPresent());
        Map<Integer, List<Fix>> byFile =
                fixed.made().stream().collect(Collectors.groupingBy(Fix::file, TreeMap::new, Collectors.toList()));
        byFile.forEach((file, fixes) -> write(given.get(file), fixes));
        return fixed.result();
    }

    private void write(Given file, List<Fix> fixes) {
        SourceText checked = file.file().script().source();
        Path path = file.path().orElseThrow();
        try {
            Path real = path.toRealPath();
            SourceText text = SourceReader.read(real, checked.name());
            List<Fix> here =
                    fixes.stream().map(fix -> moved(fix, checked, text)).toList();
            replace(real, Fixer.apply(text.content(), withItsLineEnds(here, text.content())));
        } catch (IOException e) {
            throw Problem.usage("the fix cannot be written: " + e.getMessage())
                    .at(checked.name())
                    .leaving("the file is as it was")
                    .remedy("check that you may write the file and its directory, then run the command again")
                    .raise();
        }
        fixes.forEach(fix -> terminal.note("fixed    " + checked.name() + ":"
                + checked.position(fix.finding().span().start()).line() + " "
                + fix.finding().rule().id()));
    }

    /// A section of a file has its lines and columns, not its offsets.
    private static Fix moved(Fix fix, SourceText checked, SourceText file) {
        Span span = fix.finding().span();
        int line = checked.position(span.start()).line();
        int shift = line > file.lineCount() ? 0 : file.lineStart(line) - checked.lineStart(line);
        Span there = new Span(span.start() + shift, span.end() + shift);
        if (there.end() > file.content().length() || !file.slice(there).equals(checked.slice(span))) {
            throw changed(checked.name());
        }
        return new Fix(fix.file(), fix.finding().in(there));
    }

    private static RuntimeException changed(String name) {
        return Problem.usage("the file does not say what was checked: somebody writes to it")
                .at(name)
                .leaving("the file is as it was")
                .remedy("run the command again")
                .raise();
    }

    private static List<Fix> withItsLineEnds(List<Fix> fixes, String content) {
        return content.contains("\r\n")
                ? fixes.stream()
                        .map(fix -> new Fix(
                                fix.file(),
                                fix.finding().fix(fix.finding().fix().map(text -> text.replaceAll("\r?\n", "\r\n")))))
                        .toList()
                : fixes;
    }

    private static void replace(Path real, String content) throws IOException {
        boolean marked = Files.readString(real).startsWith(String.valueOf(BYTE_ORDER_MARK));
        Path next = Files.createTempFile(real.getParent(), "." + real.getFileName(), ".fix");
        try {
            Files.writeString(next, marked ? BYTE_ORDER_MARK + content : content);
            Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
            Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }
}
