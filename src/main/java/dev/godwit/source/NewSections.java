package dev.godwit.source;

import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.util.Optional;

/// SQL for a new migration that has both sections in one text, taken apart so that it fits any form.
public final class NewSections {
    private NewSections() {}

    /// @return the request with up and down each without markers; the same one when its SQL has no sections
    public static NewMigration split(NewMigration request) {
        Optional<Sections> sections =
                request.up().map(up -> Sections.of(new SourceText("--sql", up))).filter(s -> !s.none());
        return sections.map(s -> split(request, s)).orElse(request);
    }

    private static NewMigration split(NewMigration request, Sections sections) {
        if (!sections.problems().isEmpty()) {
            throw sections.problems().getFirst().raise();
        }
        Sections.Section up = sections.up()
                .orElseThrow(() -> Problem.usage("the SQL has a -- migrate:down but no -- migrate:up")
                        .at("--sql")
                        .remedy("write -- migrate:up above what it does")
                        .raise());
        Optional<String> down = request.down()
                .or(() -> sections.down().map(s -> s.text().content().strip() + "\n"));
        TransactionMode mode =
                request.transactionMode() == TransactionMode.AUTO ? up.transactionMode() : request.transactionMode();
        return new NewMigration(
                request.name(), Optional.of(up.text().content().strip() + "\n"), down, mode, request.now());
    }
}
