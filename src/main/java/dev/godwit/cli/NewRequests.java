package dev.godwit.cli;

import dev.godwit.dsl.Dialect;
import dev.godwit.plan.Inverse;
import dev.godwit.plan.Parts;
import dev.godwit.problem.Problem;
import dev.godwit.source.CodeBody;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewSections;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `godwit new` asks its framework for: one migration, or several when statements need one of their own.
///
/// @param dialect empty for a framework whose migrations are SQL
record NewRequests(Project project, String name, Instant now, Optional<Dialect> dialect) {
    /// @param unknown statements whose undo could not be derived
    record Request(NewMigration migration, List<String> unknown) {
        Request {
            unknown = List.copyOf(unknown);
        }
    }

    /// @param sql the up's, or both directions' under `-- migrate:up` and `-- migrate:down`
    List<Request> of(Optional<String> sql) {
        NewMigration given =
                NewSections.split(new NewMigration(name, sql, Optional.empty(), TransactionMode.AUTO, now));
        Optional<ParsedScript> up = given.up().map(NewRequests::parsed);
        if (up.isEmpty() || !up.get().problems().isEmpty()) {
            return List.of(new Request(given, List.of()));
        }
        List<Parts.Part> parts = Parts.of(up.get());
        List<Optional<String>> downs = downs(parts, given.down());
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String partName = parts.size() == 1 ? name : name + "_" + (i + 1);
            boolean marked = parts.size() == 1 && given.transactionMode() != TransactionMode.AUTO;
            TransactionMode mode =
                    marked ? given.transactionMode() : parts.get(i).mode();
            requests.add(request(partName, parts.get(i).sql(), downs.get(i), mode));
        }
        return requests;
    }

    private static ParsedScript parsed(String sql) {
        return Scripts.parse(new SourceText("--sql", sql));
    }

    /// A down that is given undoes the parts from the last to the first, when it falls into as many.
    private static List<Optional<String>> downs(List<Parts.Part> up, Optional<String> given) {
        if (up.size() < 2 || given.isEmpty() || isNoOp(given.get())) {
            return up.stream().map(part -> given).toList();
        }
        List<Parts.Part> down = Parts.of(parsed(given.get()));
        if (down.size() != up.size()) {
            throw Problem.usage("the up needs " + up.size() + " migrations and its down " + down.size()
                            + ", so which undoes which is not known")
                    .at("--sql")
                    .leaving("nothing was written")
                    .remedy("give each its own file to godwit new, or leave -- migrate:down away to have it derived")
                    .raise();
        }
        return down.reversed().stream().map(Parts.Part::sql).map(Optional::of).toList();
    }

    private static boolean isNoOp(String down) {
        return new Script(Path.of("down"), new SourceText("down", down))
                .noOpReason()
                .isPresent();
    }

    private Request request(String partName, String sql, Optional<String> given, TransactionMode mode) {
        ParsedScript up = parsed(sql);
        Inverse inverse = Inverse.of(up);
        Optional<String> down = given.or(inverse::sql);
        NewMigration plain = new NewMigration(partName, Optional.of(sql), down, mode, now);
        Optional<ParsedScript> undo = down.map(NewRequests::parsed);
        boolean readable = undo.isEmpty() || undo.get().problems().isEmpty();
        Optional<CodeBody> body = dialect.filter(_ -> readable).map(words -> words.write(project, up, undo, mode));
        return new Request(body.map(plain::with).orElse(plain), given.isPresent() ? List.of() : inverse.unknown());
    }
}
