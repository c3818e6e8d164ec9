package dev.godwit.execute;

import dev.godwit.source.Direction;
import java.util.Optional;

/// One passage of a migration in one direction; it stays open over crashes until its last step is done.
///
/// @param schemaBefore fingerprint of the schema when it began
/// @param doneSteps how many steps are journaled as done
public record LedgerRun(
        long id,
        String migration,
        Direction direction,
        String digest,
        int steps,
        int doneSteps,
        Optional<String> schemaBefore) {}
