package dev.godwit.dsl;

import com.google.auto.service.AutoService;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.LaravelPrefix;
import dev.godwit.source.framework.PhpNowdoc;
import dev.godwit.statement.ParsedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Laravel's schema builder. Source: Laravel 8.83.
@AutoService(Dialect.class)
public final class LaravelDialect implements Dialect {
    @Override
    public String framework() {
        return "laravel";
    }

    @Override
    public CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode) {
        boolean usual = LaravelPrefix.isEmpty(project);
        List<Understood> forth = usual ? Understood.of(up) : Understood.nothing(up);
        List<Understood> back = down.map(script -> usual ? Understood.back(script, up) : Understood.nothing(script))
                .orElse(List.of());
        List<Ddl> known = new ArrayList<>(Understood.changes(forth));
        known.addAll(Understood.changes(back));
        LaravelOperations operations = new LaravelOperations(new Known(known));
        List<String> upLines = lines(operations, forth);
        List<String> downLines = lines(operations, back);
        return new CodeBody(imports(upLines, downLines), upLines, Optional.of(downLines));
    }

    private static List<String> imports(List<String> up, List<String> down) {
        String code = String.join("\n", up) + "\n" + String.join("\n", down);
        Set<String> found = new TreeSet<>();
        if (code.contains("(Blueprint ")) {
            found.add("use Illuminate\\Database\\Schema\\Blueprint;");
        }
        if (code.contains("DB::") || code.isBlank()) {
            found.add("use Illuminate\\Support\\Facades\\DB;");
        }
        if (code.contains("Schema::")) {
            found.add("use Illuminate\\Support\\Facades\\Schema;");
        }
        return List.copyOf(found);
    }

    private static List<String> lines(LaravelOperations operations, List<Understood> statements) {
        List<Php> merged = new ArrayList<>();
        for (Understood one : statements) {
            Optional<List<Php>> said = said(operations, one);
            boolean commented = said.isPresent() && !one.comments().isEmpty();
            if (commented) {
                merged.add(new Php(
                        "//", one.comments().stream().map(c -> "// " + c).toList(), false));
            }
            List<Php> calls = said.orElseGet(() -> List.of(new Php("", PhpNowdoc.statement(one.sql()), false)));
            for (Php call : calls) {
                if (!merged.isEmpty() && call.continues(merged.getLast())) {
                    merged.add(merged.removeLast().and(call));
                } else {
                    merged.add(call);
                }
            }
        }
        return Blocks.join(withComments(merged));
    }

    private static Optional<List<Php>> said(LaravelOperations operations, Understood one) {
        List<Php> calls = new ArrayList<>();
        for (Ddl change : one.changes().orElse(List.of())) {
            Optional<List<Php>> said = operations.of(change);
            if (said.isEmpty()) {
                return Optional.empty();
            }
            calls.addAll(said.get());
        }
        return calls.isEmpty() ? Optional.empty() : Optional.of(calls);
    }

    /// A comment stands directly above what it is about.
    private static List<List<String>> withComments(List<Php> calls) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (Php call : calls) {
            if (call.open().equals("//")) {
                above.addAll(call.lines());
            } else {
                List<String> block = new ArrayList<>(above);
                block.addAll(call.code());
                blocks.add(block);
                above.clear();
            }
        }
        return blocks;
    }
}
