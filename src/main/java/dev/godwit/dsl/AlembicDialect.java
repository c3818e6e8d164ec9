package dev.godwit.dsl;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Refusals;
import dev.godwit.source.CodeBody;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.framework.PythonBlock;
import dev.godwit.source.framework.SqlAlchemyText;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Alembic's operations. Source: Alembic 1.8 and SQLAlchemy 1.4, whose words later versions kept.
@AutoService(Dialect.class)
public final class AlembicDialect implements Dialect {
    private static final String BLOCK = "with op.get_context().autocommit_block():";

    /// Reserved words that SQLAlchemy 1.4 does not know as such, and so would not quote.
    private static final Pattern UNKNOWN_KEYWORD =
            Pattern.compile("\"(?:lateral|system_user|collation|concurrently|tablesample)\"");

    private static final String INDENT = "    ";

    @Override
    public String framework() {
        return "alembic";
    }

    @Override
    public CodeBody write(Project project, ParsedScript up, Optional<ParsedScript> down, TransactionMode mode) {
        List<String> forth = lines(up, DdlReader::read, mode);
        List<String> back = down.map(script -> lines(script, statement -> DdlReader.readBack(statement, up), mode))
                .orElse(List.of());
        return new CodeBody(imports(forth, back), forth, Optional.of(back));
    }

    private static List<String> imports(List<String> up, List<String> down) {
        List<String> imports = new ArrayList<>(List.of("from alembic import op", "import sqlalchemy as sa"));
        String code = String.join("\n", up) + String.join("\n", down);
        if (code.contains("postgresql.")) {
            imports.add("from sqlalchemy.dialects import postgresql");
        }
        return imports;
    }

    /// How a statement is understood, if it is.
    private interface Reader extends Function<ParsedStatement, Optional<List<Ddl>>> {}

    private static List<String> lines(ParsedScript script, Reader reader, TransactionMode mode) {
        List<String> lines = new ArrayList<>();
        boolean inBlock = false;
        SqlComments comments = new SqlComments(script);
        for (ParsedStatement statement : script.statements()) {
            boolean alone = isAlone(statement, mode);
            if (alone && !inBlock) {
                lines.add(BLOCK);
            }
            inBlock = alone;
            int indent = alone ? 4 : 0;
            lines.addAll(statement(statement, reader, comments, indent));
        }
        return lines;
    }

    private static boolean isAlone(ParsedStatement statement, TransactionMode mode) {
        return switch (mode) {
            case NEVER -> true;
            case ALWAYS -> false;
            case AUTO -> Refusals.inTransaction(statement.statement());
        };
    }

    /// Comments go with the statement: as Python's above an operation, within the SQL where it stays SQL.
    private static List<String> statement(ParsedStatement statement, Reader reader, SqlComments comments, int indent) {
        Optional<List<PythonCode>> operations = Optional.of(statement)
                .filter(one -> !UNKNOWN_KEYWORD.matcher(one.sql()).find())
                .flatMap(reader)
                .flatMap(AlembicOperations::of);
        if (operations.isEmpty()) {
            return raw(statement, comments, indent);
        }
        List<String> lines = new ArrayList<>();
        String margin = indent == 0 ? "" : INDENT;
        comments.of(statement).forEach(comment -> lines.add(margin + "# " + comment));
        for (PythonCode operation : operations.get()) {
            operation.lines(indent, 0).forEach(line -> lines.add(margin + line));
        }
        return lines;
    }

    private static List<String> raw(ParsedStatement statement, SqlComments comments, int indent) {
        String sql = comments.withSql(statement);
        List<String> call = PythonBlock.call(
                "op.execute(", SqlAlchemyText.of(sql), ")", indent, SqlComments.hasLiteralOverLines(statement));
        List<String> lines = new ArrayList<>(call);
        lines.set(0, (indent == 0 ? "" : INDENT) + call.getFirst());
        return lines;
    }
}
