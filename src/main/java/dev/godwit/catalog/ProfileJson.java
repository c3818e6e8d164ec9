package dev.godwit.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A profile as a file that is reviewed like code: the same database gives the same bytes, and a column, an index, a
/// function is a line of its own, so that a difference reads as what changed.
public final class ProfileJson {
    /// Raised when a reader of today would misunderstand what is written.
    private static final int FORMAT = 1;

    /// Deeper than this everything is written on one line: the columns of a table, the label of an enum.
    private static final int DEEPEST_LINE = 4;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addMixIn(DataType.class, TaggedType.class)
            .addMixIn(QualifiedName.class, TextName.class)
            .changeDefaultPropertyInclusion(present -> present.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .changeDefaultNullHandling(absent -> absent.withValueNulls(Nulls.AS_EMPTY))
            .defaultPrettyPrinter(printer())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private ProfileJson() {}

    private record Document(
            int format,
            String postgres,
            NavigableMap<String, String> settings,
            NavigableSet<String> applied,
            List<Table> tables,
            List<DataType> types,
            Map<SchemaObject.Kind, Map<String, String>> objects) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = DataType.EnumType.class, name = "enum"),
        @JsonSubTypes.Type(value = DataType.DomainType.class, name = "domain"),
        @JsonSubTypes.Type(value = DataType.CompositeType.class, name = "composite")
    })
    private interface TaggedType {}

    /// A name as SQL writes it: `public.orders`, `public."Odd"`.
    private abstract static class TextName {
        @JsonCreator
        static QualifiedName parse(String text) {
            return QualifiedName.parse(text);
        }

        @JsonValue
        abstract String text();
    }

    public static void write(Profile profile, Writer out) {
        CatalogSnapshot catalog = profile.catalog();
        Map<SchemaObject.Kind, Map<String, String>> objects = new EnumMap<>(SchemaObject.Kind.class);
        catalog.objects()
                .forEach(object -> objects.computeIfAbsent(object.kind(), _ -> new TreeMap<>())
                        .put(object.identity(), object.definition()));
        MAPPER.writeValue(
                out,
                new Document(
                        FORMAT,
                        catalog.version().toString(),
                        profile.settings(),
                        profile.applied(),
                        catalog.tables(),
                        catalog.types(),
                        objects));
    }

    /// @param name of the file, for messages
    public static Profile read(Reader in, String name) {
        try {
            Document document = MAPPER.readValue(in, Document.class);
            if (document.format() != FORMAT) {
                throw Problem.usage(
                                "this profile has format " + document.format() + ", and this Godwit reads " + FORMAT)
                        .at(name)
                        .remedy("write it again: godwit profile")
                        .raise();
            }
            return profile(document);
        } catch (JacksonException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw Problem.usage("this is no profile: " + reason)
                    .at(name)
                    .remedy("write it again: godwit profile")
                    .raise();
        }
    }

    private static Profile profile(Document document) {
        List<SchemaObject> objects = new ArrayList<>();
        document.objects()
                .forEach((kind, definitions) -> definitions.forEach(
                        (identity, definition) -> objects.add(new SchemaObject(kind, identity, definition))));
        CatalogSnapshot catalog = new CatalogSnapshot(
                PostgresVersion.parse(document.postgres()), document.tables(), objects, document.types());
        return new Profile(catalog, document.settings(), document.applied());
    }

    private static DefaultPrettyPrinter printer() {
        DefaultPrettyPrinter.Indenter lines = new Lines();
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }

    /// A line for each thing down to [#DEEPEST_LINE].
    private static final class Lines implements DefaultPrettyPrinter.Indenter {
        @Override
        public void writeIndentation(JsonGenerator json, int level) {
            json.writeRaw(level > DEEPEST_LINE ? " " : "\n" + "  ".repeat(level));
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }
}
