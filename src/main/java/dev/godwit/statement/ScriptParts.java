package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A script, read part by part, so that a dump of 100 MB is never whole in memory: what is known of a statement takes
/// more than a hundred times its text. Each iteration reads a long script anew.
public sealed interface ScriptParts extends Iterable<ParsedScript> {
    /// In UTF-16 units. Up to here a script is one part, for to read it twice costs more than to keep it.
    int USUAL_LENGTH = 1 << 20;

    /// Statements in a part of a long script.
    int STATEMENTS = 1_000;

    SourceText source();

    /// @return each statement that the grammar accepts
    default Stream<ParsedStatement> statements() {
        return parts().flatMap(part -> part.statements().stream());
    }

    /// @return how many places the grammar does not accept
    default int problems() {
        return parts().mapToInt(part -> part.problems().size()).sum();
    }

    private Stream<ParsedScript> parts() {
        return StreamSupport.stream(spliterator(), false);
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
        public Iterator<ParsedScript> iterator() {
            return List.of(script).iterator();
        }
    }

    /// One that is read as it is needed.
    final class InParts implements ScriptParts {
        private final SourceText source;
        private final Supplier<ScriptParser> reading;

        InParts(SourceText source, Supplier<ScriptParser> reading) {
            this.source = source;
            this.reading = reading;
        }

        @Override
        public SourceText source() {
            return source;
        }

        @Override
        public Iterator<ParsedScript> iterator() {
            ScriptParser parser = reading.get();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return !parser.isAtEnd();
                }

                @Override
                public ParsedScript next() {
                    return DeepStack.run(() -> parser.next(STATEMENTS));
                }
            };
        }
    }
}
