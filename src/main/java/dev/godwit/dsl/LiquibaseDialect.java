package dev.godwit.dsl;

import com.google.auto.service.AutoService;
import dev.godwit.plan.Inverse;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.LiquibaseForm;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Liquibase's change types, in the form that the project's changelog has. A changelog of formatted SQL stays SQL.
@AutoService(Dialect.class)
public final class LiquibaseDialect implements Dialect {
    @Override
    public String framework() {
        return "liquibase";
    }

    @Override
    public CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode) {
        LiquibaseForm form = LiquibaseForm.ofNew(project);
        List<LiquibaseChange> forth = changes(up, DdlReader::read, form);
        boolean byItself = forth.stream().noneMatch(LiquibaseChange::isSql) && isDerived(up, down);
        Optional<List<String>> back = byItself
                ? Optional.empty()
                : Optional.of(down.map(script -> changes(script, one -> DdlReader.readBack(one, up), form))
                        .map(changes -> lines(changes, form))
                        .orElse(List.of()));
        return new CodeBody(List.of(), lines(forth, form), back);
    }

    /// A way back that somebody wrote is kept, whatever Liquibase would do by itself.
    private static boolean isDerived(ParsedScript up, Optional<ParsedScript> down) {
        return down.map(script -> script.source().content().strip())
                .equals(Inverse.of(up).sql().map(String::strip));
    }

    private static List<LiquibaseChange> changes(
            ParsedScript script, Function<ParsedStatement, Optional<List<Ddl>>> reader, LiquibaseForm form) {
        SqlComments comments = new SqlComments(script);
        List<LiquibaseChange> changes = new ArrayList<>();
        for (ParsedStatement statement : script.statements()) {
            List<String> above = comments.of(statement);
            Optional<List<LiquibaseChange>> own = Optional.of(statement)
                    .filter(_ -> form != LiquibaseForm.SQL && (form != LiquibaseForm.JSON || above.isEmpty()))
                    .flatMap(reader)
                    .flatMap(LiquibaseChanges::of);
            own.ifPresentOrElse(
                    found -> {
                        changes.add(found.getFirst().under(above));
                        changes.addAll(found.subList(1, found.size()));
                    },
                    () -> changes.add(
                            LiquibaseChange.sql(comments.withSql(statement).strip())));
        }
        return changes;
    }

    private static List<String> lines(List<LiquibaseChange> changes, LiquibaseForm form) {
        return changes.stream()
                .flatMap(change -> switch (form) {
                    case XML -> change.xml().stream();
                    case YAML -> change.yaml().stream();
                    case JSON -> Stream.of(change.json());
                    case SQL -> (change.text() + ";").lines();
                })
                .toList();
    }
}
