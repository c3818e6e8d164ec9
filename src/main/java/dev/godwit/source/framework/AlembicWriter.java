package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.Script;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// A new revision behind the newest one, named and worded as `alembic revision` would in this project.
record AlembicWriter(AlembicProject alembic, MigrationSet existing) {
    private static final int SLUG = 40;

    private static final DateTimeFormatter CREATED = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final String NO_UP = "# Write here what the migration does.\n    pass";

    private static final String NO_DOWN = """
            # Write here what undoes the upgrade. Until then, godwit apply refuses.
                # When there is nothing to undo, put this one line in place of these three, with your reason:
                #     # godwit:no-op REASON
                pass""";

    NewFile write(NewMigration request) {
        Optional<String> parent = parent();
        String revision = revision();
        AlembicTemplate template = template();
        Optional<CodeBody> code = request.body();
        String text = template.render(new AlembicTemplate.Values(
                request.name().strip().replace('"', '\'').replace('\\', '/'),
                revision,
                parent,
                moment(request).format(CREATED),
                code.map(body -> template.missing(body.imports())).orElse(""),
                code.map(body -> function(body.up()))
                        .or(() -> request.up().map(sql -> body(sql, request)))
                        .orElse(NO_UP),
                request.down()
                        .map(sql -> code.flatMap(CodeBody::down)
                                .filter(lines -> !lines.isEmpty())
                                .map(AlembicWriter::function)
                                .orElseGet(() -> body(sql, request)))
                        .orElse(NO_DOWN)));
        return new NewFile(directory(parent).resolve(file(request, revision) + ".py"), text);
    }

    /// The template has the first line's indentation.
    private static String function(List<String> lines) {
        return String.join("\n", PythonIndent.of(lines, 4)).substring(4);
    }

    private static String body(String sql, NewMigration request) {
        Optional<String> nothing = new Script(Path.of("sql"), new SourceText("sql", sql)).noOpReason();
        if (nothing.isPresent()) {
            return "# godwit:no-op " + nothing.get() + "\n    pass";
        }
        return AlembicBody.of(sql, request.transactionMode()).text();
    }

    private static ZonedDateTime moment(NewMigration request) {
        return request.now().atZone(ZoneOffset.UTC);
    }

    private Optional<String> parent() {
        List<AlembicRevision> heads = AlembicGraph.of(existing).heads();
        if (heads.size() > 1) {
            String ids = heads.stream().map(AlembicRevision::revision).collect(Collectors.joining(", "));
            throw Problem.usage("the project has " + heads.size() + " heads: " + ids)
                    .at(alembic.project().display(alembic.versions().getFirst()))
                    .leaving("nothing was written")
                    .remedy("merge them first: alembic merge heads -m \"merge\"")
                    .raise();
        }
        return heads.stream().map(AlembicRevision::revision).findFirst();
    }

    /// Beside the revision that it follows, for a project may keep several directories.
    private Path directory(Optional<String> parent) {
        return parent.flatMap(existing::byVersion)
                .map(Migration::file)
                .map(file -> file.resolveSibling(""))
                .orElse(alembic.versions().getFirst());
    }

    /// As Alembic does, twelve digits of chance; a project that counts goes on counting.
    private String revision() {
        List<String> ids =
                existing.migrations().stream().map(Migration::version).toList();
        boolean counts = !ids.isEmpty() && ids.stream().allMatch(id -> id.matches("[0-9]{1,6}"));
        if (!counts) {
            return UUID.randomUUID().toString().replace("-", "").substring(20);
        }
        int next = ids.stream().mapToInt(Integer::parseInt).max().orElse(0) + 1;
        int width = ids.stream().mapToInt(String::length).max().orElse(1);
        return "0".repeat(Math.max(0, width - String.valueOf(next).length())) + next;
    }

    private String file(NewMigration request, String revision) {
        return alembic.option("file_template")
                .map(template -> AlembicTemplate.fileName(template, revision, slug(request), moment(request)))
                .orElseGet(() -> revision + "_" + slug(request));
    }

    /// Alembic cuts at a word and leaves the underscore.
    private String slug(NewMigration request) {
        String slug = NewName.snakeCase(request.name());
        int longest = alembic.option("truncate_slug_length")
                .filter(number -> number.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .orElse(SLUG);
        if (slug.length() <= longest) {
            return slug;
        }
        String cut = slug.substring(0, longest);
        int word = cut.lastIndexOf('_');
        return (word < 0 ? cut : cut.substring(0, word)) + "_";
    }

    private AlembicTemplate template() {
        Path own = alembic.scripts().resolve("script.py.mako");
        return Files.isRegularFile(own)
                ? AlembicTemplate.of(
                        SourceReader.read(own, alembic.project().display(own)).content())
                : AlembicTemplate.USUAL;
    }
}
