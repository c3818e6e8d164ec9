package dev.godwit.fact;

import dev.godwit.source.Direction;
import dev.godwit.statement.ParsedScript;
import java.util.List;

/// What the statements of a script do. A caller with many scripts of one release walks them with one [Release].
public final class Facts {
    private Facts() {}

    public static List<StatementFacts> of(ParsedScript script, FactContext context) {
        Release release = new Release(context.version(), context.catalog());
        context.earlier().forEach(earlier -> release.next(earlier, context.mode()));
        if (context.direction() == Direction.DOWN) {
            release.turnBack();
        }
        return release.next(script, context.mode());
    }
}
