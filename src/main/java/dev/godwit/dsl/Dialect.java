package dev.godwit.dsl;

import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import java.util.Optional;

/// A framework's own way to say what SQL says, found by `ServiceLoader`.
///
/// The schema that it makes is the SQL's to the last name: what the framework has no exact word for is written as SQL,
/// in its place among the rest.
public interface Dialect {
    /// @return the id of the framework that it belongs to, `rails`
    String framework();

    /// @param up without problems
    /// @param down empty when the way back is not known
    /// @param mode as the file is to run: [TransactionMode#NEVER] outside of a transaction
    CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode);
}
