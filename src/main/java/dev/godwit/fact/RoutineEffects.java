package dev.godwit.fact;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.statement.Expression;
import dev.godwit.statement.Routine;
import dev.godwit.statement.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What running the body of a routine does: every statement in it, as if each branch were taken once.
final class RoutineEffects {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects;

    RoutineEffects(SchemaModel model, PostgresVersion version, Effects effects) {
        this.model = model;
        this.version = version;
        this.effects = effects;
    }

    /// Each statement sees what the ones before it in the body left; the model itself stays as it is.
    void run(Routine routine) {
        if (routine.hidesSomething()) {
            effects.hide();
        }
        SchemaModel inside = model.copy();
        for (Statement statement : routine.statements()) {
            new StatementEffects(inside, version, effects).of(statement);
            new ModelUpdate(inside, 0).apply(statement);
        }
    }

    /// Functions of the schema whose bodies are known run when they are called.
    void called(List<Expression> expressions) {
        Set<String> names = new HashSet<>();
        expressions.stream().flatMap(Expression::descendants).forEach(part -> {
            if (part instanceof Expression.Call call) {
                names.add(call.function());
            }
        });
        names.forEach(this::called);
    }

    /// A function that is being run already is not followed into again.
    void called(String function) {
        model.routine(function).ifPresent(routine -> {
            if (effects.enter(function)) {
                run(routine);
                effects.leave(function);
            }
        });
    }
}
