package dev.godwit.source.framework;

import dev.godwit.source.SqlPiece;
import dev.godwit.source.TransactionMode;
import java.util.ArrayList;
import java.util.List;

/// SQL as the body of `upgrade()` or `downgrade()`: a call of `op.execute` for each statement, in an
/// `autocommit_block()` where PostgreSQL refuses a transaction.
record AlembicBody(List<SqlPiece> statements, TransactionMode mode) {
    AlembicBody {
        statements = List.copyOf(statements);
    }

    static AlembicBody of(String sql, TransactionMode mode) {
        return new AlembicBody(SqlPiece.of(sql), mode);
    }

    /// @return lines; the first one without the four columns of a function's body, the others with them
    String text() {
        List<String> lines = new ArrayList<>();
        boolean inBlock = false;
        for (SqlPiece piece : statements) {
            boolean alone = isAlone(piece);
            if (alone && !inBlock) {
                lines.add((lines.isEmpty() ? "" : "    ") + "with op.get_context().autocommit_block():");
            }
            inBlock = alone;
            int indent = alone ? 8 : 4;
            List<String> call = call(piece, indent);
            lines.add((lines.isEmpty() ? "" : " ".repeat(indent)) + call.getFirst());
            lines.addAll(call.subList(1, call.size()));
        }
        return String.join("\n", lines);
    }

    private boolean isAlone(SqlPiece piece) {
        return switch (mode) {
            case NEVER -> true;
            case ALWAYS -> false;
            case AUTO -> piece.refusesTransaction();
        };
    }

    private static List<String> call(SqlPiece piece, int indent) {
        return PythonBlock.call("op.execute(", SqlAlchemyText.of(piece.text()), ")", indent, piece.literalOverLines());
    }
}
