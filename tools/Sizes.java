import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Fails when a method is longer than 70 lines or a file longer than 400, and prints how long methods are.
/// Run by `./dev lint`; the arguments are folders of sources.

static final int METHOD_LINES_MAX = 70;
static final int FILE_LINES_MAX = 400;

final List<Integer> lengths = new ArrayList<>();
final List<String> tooLong = new ArrayList<>();

void main(String... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : folders) {
        try (Stream<Path> found = Files.walk(Path.of(folder))) {
            found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
        JavacTask task = (JavacTask)
                compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            measure(unit, positions);
        }
    }
    report(files.size());
}

void measure(CompilationUnitTree unit, SourcePositions positions) {
    LineMap lines = unit.getLineMap();
    Path file = Path.of(unit.getSourceFile().toUri());
    long fileLines = lines.getLineNumber(positions.getEndPosition(unit, unit));
    if (fileLines > FILE_LINES_MAX) {
        tooLong.add("%s: %d lines, over %d".formatted(file, fileLines, FILE_LINES_MAX));
    }
    new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            int length = (int) (last - first + 1);
            lengths.add(length);
            if (length > METHOD_LINES_MAX) {
                tooLong.add("%s:%d: %s has %d lines, over %d"
                        .formatted(file, first, method.getName(), length, METHOD_LINES_MAX));
            }
            return super.visitMethod(method, nothing);
        }
    }.scan(unit, null);
}

void report(int files) {
    lengths.sort(null);
    IO.println("sizes: %d files, %d methods, median %d lines, p90 %d, longest %d"
            .formatted(files, lengths.size(), at(0.5), at(0.9), at(1.0)));
    tooLong.forEach(IO::println);
    if (!tooLong.isEmpty()) {
        System.exit(1);
    }
}

int at(double share) {
    return lengths.get((int) ((lengths.size() - 1) * share));
}
