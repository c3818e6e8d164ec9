package dev.godwit.statement;

/// What one statement asks for, in Godwit's own words; everything above this package reads these and never the tree.
public sealed interface Statement permits Statement.Other {
    /// A statement that no decision depends on.
    ///
    /// @param nodeType the parse tree's name for it, `VariableSetStmt` for example
    record Other(String nodeType) implements Statement {}
}
