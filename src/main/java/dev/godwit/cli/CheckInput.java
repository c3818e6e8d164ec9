package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.lint.CheckFile;
import dev.godwit.lint.CheckOptions;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.passage.Workshop;
import dev.godwit.source.BareScript;
import dev.godwit.source.Direction;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.Sections;
import dev.godwit.source.SourceReader;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What `check` is given, as scripts: bare files, standard input, migrations of the project.
record CheckInput(Settings settings, Context context) {
    private static final String STANDARD_INPUT = "-";

    /// @param path of the file whose own text is checked; empty for standard input and for what code sends
    record Given(CheckFile file, Optional<Path> path) {}

    /// @param names as typed; with none every migration of the project
    Stream<Given> files(List<String> names, CheckOptions options) {
        if (names.isEmpty()) {
            return migrations(forms(all().migrations(), options.direction()), options.direction());
        }
        return Scripts.each(names, name -> file(name, options.direction()));
    }

    private Given file(String name, Direction direction) {
        return name.equals(STANDARD_INPUT) || Files.exists(context.file(name))
                ? bare(name, direction)
                : migration(forms(List.of(all().find(name)), direction).getFirst(), direction);
    }

    /// @param applied versions
    Stream<Given> pending(Set<String> applied, CheckOptions options) {
        return migrations(forms(Pending.of(all(), applied).pending(), options.direction()), options.direction());
    }

    Stream<Given> pending(Session session, CheckOptions options) {
        Project project = settings.project();
        DatabaseUrl url = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        Production production = new Production(url, framework(project), project);
        List<Migration> pending = Pending.of(all(), production.applied(session)).pending();
        try (Interrupts interrupts = interrupts();
                Workshop workshop = Workshop.open(production, interrupts.cancellation())) {
            return migrations(workshop.forms(production, pending, options.direction()), options.direction());
        }
    }

    /// What migrations of code say is learnt by running them: on a scratch database, after all that come before.
    private List<SqlForm> forms(List<Migration> migrations, Direction direction) {
        Project project = settings.project();
        try (Interrupts interrupts = interrupts();
                Workshop workshop = Workshop.open(framework(project), project, interrupts.cancellation())) {
            return workshop.forms(migrations, direction);
        }
    }

    private static Interrupts interrupts() {
        return Interrupts.stopping(new Cancellation("godwit check"));
    }

    private MigrationSet all() {
        Project project = settings.project();
        return framework(project).list(project).orRaise();
    }

    private Framework framework(Project project) {
        Frameworks frameworks = Frameworks.load();
        return settings.find(Keys.FRAMEWORK).map(frameworks::byId).orElseGet(() -> frameworks.detect(project));
    }

    /// A file on its own: no project is asked, and its own `-- migrate:` sections are honoured.
    private Given bare(String name, Direction direction) {
        SourceText text = name.equals(STANDARD_INPUT)
                ? SourceReader.read(System.in, STANDARD_INPUT)
                : SourceReader.read(context.file(name), name);
        Script script = BareScript.of(Path.of(name), text, direction);
        Optional<ScriptParts> up =
                direction == Direction.DOWN && !Sections.of(text).none()
                        ? Optional.of(Scripts.parts(
                                BareScript.of(Path.of(name), text, Direction.UP).text()))
                        : Optional.empty();
        return new Given(
                new CheckFile(Scripts.parts(script.text()), mode(script.transactionMode()), up),
                name.equals(STANDARD_INPUT) ? Optional.empty() : Optional.of(context.file(name)));
    }

    /// The ups oldest first, the downs newest first: the order in which they run.
    private Stream<Given> migrations(List<SqlForm> forms, Direction direction) {
        List<SqlForm> ordered = new ArrayList<>(forms);
        if (direction == Direction.DOWN) {
            ordered.removeIf(form -> form.down().isEmpty());
            Collections.reverse(ordered);
        }
        return Scripts.each(ordered, form -> migration(form, direction));
    }

    private Given migration(SqlForm form, Direction direction) {
        CheckFile file = Passage.file(form, direction);
        Optional<Path> path = form.script(direction)
                .filter(script -> script.language() == Script.Language.SQL)
                .map(Script::file);
        return new Given(new CheckFile(file.script(), mode(file.mode()), file.up()), path);
    }

    /// What was said on the command line or in the configuration counts more than what the file says of itself.
    private TransactionMode mode(TransactionMode ofFile) {
        TransactionMode said =
                TransactionMode.valueOf(settings.require(Keys.TRANSACTION).toUpperCase(Locale.ROOT));
        return said == TransactionMode.AUTO ? ofFile : said;
    }
}
