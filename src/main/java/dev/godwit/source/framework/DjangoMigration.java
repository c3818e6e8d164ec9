package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file of an app's `migrations`, as far as its text tells.
///
/// @param dependencies what must be applied before, in this app and others
/// @param runBefore what must not be applied before
/// @param replaces the migrations that this one stands for, when it was squashed
/// @param atomic whether it runs in one transaction
/// @param reversible whether every operation knows its way back
record DjangoMigration(
        DjangoKey key,
        List<DjangoKey> dependencies,
        List<DjangoKey> runBefore,
        List<DjangoKey> replaces,
        boolean atomic,
        boolean reversible) {
    private static final String OWN_USER = "auth";

    DjangoMigration {
        requireNonNull(key);
        dependencies = List.copyOf(dependencies);
        runBefore = List.copyOf(runBefore);
        replaces = List.copyOf(replaces);
    }

    /// @param userModel what the settings say is the user's model, `accounts.User`; empty when they do not
    /// @return empty when the file has no `class Migration`, or one that only Python could work out
    static Optional<DjangoMigration> of(DjangoKey key, PythonFile file, Optional<String> userModel) {
        Optional<List<PythonLine>> body = file.type("Migration").filter(lines -> !lines.isEmpty());
        Keys keys = new Keys(userModel);
        return body.flatMap(lines -> keys.of(value(lines, "dependencies"))
                .flatMap(dependencies -> keys.of(value(lines, "run_before"))
                        .flatMap(before -> keys.of(value(lines, "replaces"))
                                .map(replaces -> new DjangoMigration(
                                        key,
                                        dependencies,
                                        before,
                                        replaces,
                                        !value(lines, "atomic")
                                                .filter(v -> v.isName("False"))
                                                .isPresent(),
                                        DjangoOperations.reversible(value(lines, "operations")))))));
    }

    static DjangoMigration of(Migration migration) {
        PythonFile file = PythonFile.of(migration.up().text());
        return of(DjangoKey.of(migration.version()), file, Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("not listed before: " + migration.id()));
    }

    private static Optional<PythonValue> value(List<PythonLine> body, String name) {
        return PythonFile.value(body, body.getFirst().indent(), name);
    }

    /// Lists of `("app", "name")`.
    private record Keys(Optional<String> userModel) {
        Optional<List<DjangoKey>> of(Optional<PythonValue> list) {
            if (list.isEmpty()) {
                return Optional.of(List.of());
            }
            if (!(list.get() instanceof PythonValue.Items(List<PythonValue> values))) {
                return Optional.empty();
            }
            List<DjangoKey> keys = new ArrayList<>();
            values.forEach(value -> key(value).ifPresent(keys::add));
            return keys.size() == values.size() ? Optional.of(keys) : Optional.empty();
        }

        private Optional<DjangoKey> key(PythonValue value) {
            return switch (value) {
                case PythonValue.Items(List<PythonValue> pair)
                when pair.size() == 2
                        && pair.getFirst() instanceof PythonValue.Text(String app)
                        && pair.getLast() instanceof PythonValue.Text(String name) ->
                    Optional.of(new DjangoKey(app, name));
                case PythonValue.Call call
                when call.simpleName().equals("swappable_dependency") ->
                    Optional.of(new DjangoKey(userApp(call), DjangoKey.FIRST));
                case PythonValue.Items _,
                        PythonValue.Call _,
                        PythonValue.Text _,
                        PythonValue.Name _,
                        PythonValue.Unknown _ -> Optional.empty();
            };
        }

        private String userApp(PythonValue.Call call) {
            String model = call.argument(0, "value")
                    .filter(PythonValue.Text.class::isInstance)
                    .map(value -> ((PythonValue.Text) value).value())
                    .or(() -> userModel)
                    .orElse(OWN_USER);
            return model.replaceFirst("\\..*", "");
        }
    }

    /// @return the same with other migrations to come after
    DjangoMigration after(List<DjangoKey> others) {
        return new DjangoMigration(key, others, runBefore, replaces, atomic, reversible);
    }

    Migration migration(Path path, PythonFile file) {
        Script script =
                PythonScripts.code(path, file.source()).with(atomic ? TransactionMode.AUTO : TransactionMode.NEVER);
        return new Migration(key.version(), "", script, reversible ? Optional.of(script) : Optional.empty());
    }
}
