package dev.godwit.statement;

import java.util.List;

/// The body of a DO block, a function or a procedure, as far as its text tells.
///
/// @param statements the static SQL in it, in the order of the text, whatever IF and LOOP stand around it
/// @param dynamic it builds SQL at run time (EXECUTE), which no reader of the text can know
/// @param readable false in a language other than SQL and PL/pgSQL, and where PL/pgSQL does not compile without a
///     catalog: then the body may do anything
public record Routine(List<Statement> statements, boolean dynamic, boolean readable) {
    /// A body that nothing is known of.
    public static final Routine UNREADABLE = new Routine(List.of(), false, false);

    public Routine {
        statements = List.copyOf(statements);
    }

    /// @return can it do more than its statements say?
    public boolean hidesSomething() {
        return dynamic || !readable;
    }
}
