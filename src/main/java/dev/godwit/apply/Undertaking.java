package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.execute.Work;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.fact.StatementFacts;
import dev.godwit.source.Direction;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import java.util.List;
import java.util.Optional;

/// A migration in one direction on production's schema, and what it does there.
///
/// @param before production's schema
record Undertaking(
        CatalogSnapshot before, SqlForm form, Direction direction, ParsedScript script, List<StatementFacts> facts) {
    Undertaking {
        requireNonNull(before);
        requireNonNull(form);
        requireNonNull(direction);
        requireNonNull(script);
        facts = List.copyOf(facts);
    }

    /// @throws dev.godwit.problem.GodwitException when nobody wrote that direction, or PostgreSQL does not accept it
    static Undertaking of(CatalogSnapshot before, SqlForm form, Direction direction) {
        Script script = form.script(direction)
                .orElseThrow(() -> form.migration().downMissing().orElseThrow().raise());
        ParsedScript parsed = Scripts.parse(script.text());
        List<ParsedScript> earlier = direction == Direction.UP
                ? List.of()
                : List.of(Scripts.parse(form.up().text()));
        FactContext context =
                new FactContext(before.version(), script.transactionMode(), direction, Optional.of(before), earlier);
        return new Undertaking(before, form, direction, parsed, Facts.of(parsed, context));
    }

    Work work() {
        return Work.of(form, direction, script, facts).withSchemaBefore(Fingerprint.withoutGrants(before));
    }

    /// @return what goes for good, as far as the text tells
    List<Loss> losses() {
        return facts.stream()
                .flatMap(fact -> fact.consequences().losses().stream())
                .toList();
    }
}
