package dev.godwit.dsl;

import com.google.auto.service.AutoService;
import dev.godwit.plan.Inverse;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.DjangoModels;
import dev.godwit.statement.ParsedScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Django's operations, where the project's migrations tell the model of the table. What they do to the model is what
/// `makemigrations` would have written, so that it does not ask again; what they do to the database is the SQL.
@AutoService(Dialect.class)
public final class DjangoDialect implements Dialect {
    private static final CodeBody NOTHING_TO_SAY = new CodeBody(List.of(), List.of(), Optional.empty());

    @Override
    public String framework() {
        return "django";
    }

    /// @return without a line where SQL is all there is to say, or where somebody wrote the way back themselves:
    /// operations have their own
    @Override
    public CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode) {
        Inverse inverse = Inverse.of(up);
        Optional<String> derived = inverse.sql().map(String::strip);
        boolean own =
                !derived.equals(down.map(script -> script.source().content().strip()));
        if (own || derived.isEmpty()) {
            return NOTHING_TO_SAY;
        }
        DjangoOperations operations = new DjangoOperations(DjangoModels.of(project), up);
        List<PythonCode> all = operations.all();
        if (!operations.speakOfModels()) {
            return NOTHING_TO_SAY;
        }
        List<String> lines = new ArrayList<>();
        for (PythonCode operation : all) {
            List<String> code = new ArrayList<>(operation.lines(4, 1));
            if (!code.getFirst().startsWith("#")) {
                code.set(code.size() - 1, code.getLast() + ",");
            }
            lines.addAll(code);
        }
        return new CodeBody(imports(String.join("\n", lines)), lines, Optional.empty());
    }

    private static List<String> imports(String code) {
        List<String> imports = new ArrayList<>();
        if (code.contains("AddIndexConcurrently(")) {
            imports.add("from django.contrib.postgres.operations import AddIndexConcurrently");
        }
        imports.add("from django.db import migrations" + (code.contains("models.") ? ", models" : ""));
        if (code.contains("django.utils.timezone.now")) {
            imports.add("import django.utils.timezone");
        }
        return imports;
    }
}
