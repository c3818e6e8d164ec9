package dev.godwit.dsl;

import com.google.auto.service.AutoService;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.RailsRelease;
import dev.godwit.source.framework.RubyHeredoc;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rails' migrations. Source: Active Record 6.1; nothing is said that later releases take differently.
@AutoService(Dialect.class)
public final class RailsDialect implements Dialect {
    @Override
    public String framework() {
        return "rails";
    }

    @Override
    public CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode) {
        boolean usual = RailsRelease.isUsual(project);
        List<Understood> forth = usual ? Understood.of(up) : Understood.nothing(up);
        List<Understood> back = down.map(script -> usual ? Understood.back(script, up) : Understood.nothing(script))
                .orElse(List.of());
        List<Ddl> known = new ArrayList<>(Understood.changes(forth));
        known.addAll(Understood.changes(back));
        RailsOperations operations = new RailsOperations(new Known(known));
        Optional<List<String>> change = change(operations, forth, back);
        return change.map(lines -> new CodeBody(List.of(), lines, Optional.empty()))
                .orElseGet(() -> new CodeBody(
                        List.of(), lines(operations, forth, usual), Optional.of(lines(operations, back, usual))));
    }

    private static Optional<List<String>> change(
            RailsOperations operations, List<Understood> up, List<Understood> down) {
        boolean whole = !down.isEmpty()
                && up.stream().allMatch(Understood::isChange)
                && down.stream().allMatch(Understood::isChange);
        RailsChange change = new RailsChange(operations, Understood.changes(down));
        return whole ? change.of(Understood.changes(up)).map(calls -> laidOut(up, calls)) : Optional.empty();
    }

    private static List<String> laidOut(List<Understood> statements, List<Ruby> calls) {
        List<List<String>> blocks = new ArrayList<>();
        int at = 0;
        for (Understood one : statements) {
            List<String> lines = new ArrayList<>(one.ruby());
            int end = at + one.changes().orElseThrow().size();
            calls.subList(at, end).forEach(call -> lines.addAll(call.lines()));
            at = end;
            blocks.add(lines);
        }
        return Blocks.join(blocks);
    }

    private static List<String> lines(RailsOperations operations, List<Understood> statements, boolean usual) {
        return Blocks.join(
                statements.stream().map(one -> lines(operations, one, usual)).toList());
    }

    private static List<String> lines(RailsOperations operations, Understood one, boolean usual) {
        Optional<List<String>> calls = usual && one.directives().isEmpty() ? calls(operations, one) : Optional.empty();
        if (calls.isEmpty()) {
            return RubyHeredoc.execute(one.sql());
        }
        List<String> lines = new ArrayList<>(one.ruby());
        lines.addAll(calls.get());
        return lines;
    }

    private static Optional<List<String>> calls(RailsOperations operations, Understood one) {
        if (one.changes().isEmpty()) {
            ParsedStatement statement = one.statement();
            return new RailsOwn(operations.known()).of(statement).map(Ruby::lines);
        }
        List<String> lines = new ArrayList<>();
        for (Ddl change : one.changes().get()) {
            Optional<List<String>> said = said(operations, change);
            if (said.isEmpty()) {
                return Optional.empty();
            }
            lines.addAll(said.get());
        }
        return Optional.of(lines);
    }

    private static Optional<List<String>> said(RailsOperations operations, Ddl change) {
        if (change instanceof Ddl.CreateTable table) {
            return RailsTable.of(table).map(RailsDialect::lines);
        }
        return operations.of(change).map(Ruby::lines);
    }

    private static List<String> lines(RailsTable.Created created) {
        List<String> lines = new ArrayList<>(created.call().lines());
        created.after().forEach(sql -> {
            lines.add("");
            lines.addAll(RubyHeredoc.execute(sql));
        });
        return lines;
    }
}
