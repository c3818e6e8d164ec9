package dev.godwit.cli.config;

import dev.godwit.problem.Problem;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.toml.TomlFactory;

/// A TOML file, flat: path of keys to value. The only class that sees Jackson's TOML, so that commands without a file
/// do not pay for loading it.
final class TomlFile {
    /// What a value is, in words that fit "… is …".
    enum Kind {
        TEXT("text in quotes"),
        NUMBER("a number"),
        YES_NO("true or false"),
        LIST("a list"),
        TABLE("a table");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /// @param line counted from 1
    record Value(Kind kind, String text, int line) {}

    private static final Pattern UNQUOTED = Pattern.compile("\\s*[\\w.-]+\\s*=\\s*[^\"'\\[{\\s].*");

    private final SourceText text;
    private final KeyLines lines;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private TomlFile(SourceText text) {
        this.text = text;
        this.lines = new KeyLines(text);
    }

    static Map<String, Value> read(Path file, String name) {
        return parse(SourceReader.read(file, name));
    }

    static Map<String, Value> parse(SourceText text) {
        TomlFile file = new TomlFile(text);
        try (JsonParser parser = new TomlFactory().createParser(ObjectReadContext.empty(), text.content())) {
            parser.nextToken();
            file.table(parser, "");
        } catch (JacksonException e) {
            throw file.malformed(e).raise();
        }
        return file.values;
    }

    private void table(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = prefix + parser.currentName();
            Kind kind = kind(parser.nextToken());
            values.put(path, new Value(kind, parser.getString(), lines.of(path).orElse(1)));
            if (kind == Kind.TABLE) {
                table(parser, path + ".");
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Kind.TABLE;
            case START_ARRAY -> Kind.LIST;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.YES_NO;
            default -> Kind.TEXT;
        };
    }

    private Problem malformed(JacksonException cause) {
        if (lines.repeated().isPresent()) {
            return Problem.usage("the key " + lines.repeated().get() + " is there twice")
                    .at(text.name() + ":" + lines.repeatedLine().orElse(1))
                    .remedy("keep one of them");
        }
        int line = Math.clamp(cause.getLocation().getLineNr(), 1, text.lineCount());
        boolean unquoted = UNQUOTED.matcher(text.line(line)).matches();
        return Problem.usage("this line cannot be read as TOML")
                .at(text.name() + ":" + line)
                .remedy(
                        unquoted
                                ? "put the value in quotes: KEY = \"VALUE\""
                                : "write KEY = \"VALUE\" or KEY = NUMBER, one on a line; a text ends on the line where it begins");
    }
}
