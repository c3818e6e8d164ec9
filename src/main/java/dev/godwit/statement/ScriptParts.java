package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// A script, read part by part, so that a dump of 100 MB is never whole in memory: what is known of a statement takes
/// more than a hundred times its text. Each iteration reads a long script anew.
public sealed interface ScriptParts extends Iterable<ParsedScript> {
    /// In UTF-16 units. Up to here a script is one part, for to read it twice costs more than to keep it.
    int USUAL_LENGTH = 1 << 20;

    /// Statements in a part of a long script.
    int STATEMENTS = 1_000;

    SourceText source();

    /// @param skipped told a statement's text, has it nothing that the caller looks for? A long script is read sooner
    ///     without it
    /// @return the statements that the grammar accepts, some of the skipped ones among them
    Stream<ParsedStatement> statements(Predicate<String> skipped);

    /// @return how many places the grammar does not accept
    default int problems() {
        int problems = 0;
        for (ParsedScript part : this) {
            problems += part.problems().size();
        }
        return problems;
    }

    static ScriptParts of(ParsedScript whole) {
        return new Whole(whole);
    }

    /// Of usual size.
    record Whole(ParsedScript script) implements ScriptParts {
        public Whole {
            requireNonNull(script);
        }

        @Override
        public SourceText source() {
            return script.source();
        }

        @Override
        public Stream<ParsedStatement> statements(Predicate<String> skipped) {
            return script.statements().stream();
        }

        @Override
        public Iterator<ParsedScript> iterator() {
            return List.of(script).iterator();
        }
    }

    /// One that is read as it is needed.
    final class InParts implements ScriptParts {
        private final SourceText source;
        private final Function<Predicate<String>, ScriptParser> reading;

        InParts(SourceText source, Function<Predicate<String>, ScriptParser> reading) {
            this.source = source;
            this.reading = reading;
        }

        @Override
        public SourceText source() {
            return source;
        }

        @Override
        public Stream<ParsedStatement> statements(Predicate<String> skipped) {
            Iterable<ParsedScript> parts = () -> new Ahead(reading.apply(skipped));
            return StreamSupport.stream(parts.spliterator(), false).flatMap(part -> part.statements().stream());
        }

        @Override
        public Iterator<ParsedScript> iterator() {
            return new Ahead(reading.apply(_ -> false));
        }
    }

    /// Reads the next part while the one at hand is used.
    final class Ahead implements Iterator<ParsedScript> {
        private final ScriptParser parser;
        private @Nullable CompletableFuture<ParsedScript> next;

        private Ahead(ScriptParser parser) {
            this.parser = parser;
            next = read();
        }

        private @Nullable CompletableFuture<ParsedScript> read() {
            return parser.isAtEnd() ? null : DeepStack.start(() -> parser.next(STATEMENTS));
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public ParsedScript next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            ParsedScript part = DeepStack.join(next);
            next = read();
            return part;
        }
    }
}
