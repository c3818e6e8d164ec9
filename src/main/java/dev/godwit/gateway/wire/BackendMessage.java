package dev.godwit.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server sends, as far as the gateway has to understand it.
///
/// Source: PostgreSQL manual, sections 54.7 and 54.8.
public sealed interface BackendMessage {
    /// @param status `I`, `T` or `E`
    record ReadyForQuery(char status) implements BackendMessage {}

    /// @param tag such as `INSERT 0 5`
    record CommandComplete(String tag) implements BackendMessage {}

    /// The fields that hold no row; DETAIL and CONTEXT are not read.
    record ErrorResponse(String sqlState, String message, String hint) implements BackendMessage {}

    /// @param key four bytes in protocol 3.0, up to 256 in 3.2
    record BackendKeyData(int pid, Octets key) implements BackendMessage {}

    record ParameterStatus(String name, String value) implements BackendMessage {}

    record RowDescription(List<String> columns) implements BackendMessage {}

    record DataRow(List<@Nullable String> values) implements BackendMessage {}

    /// Anything else, of which the type is enough.
    record Other(char type) implements BackendMessage {}

    /// @param body of a gathered message
    static BackendMessage decode(int type, Fields body) throws MalformedMessage {
        return switch (type) {
            case 'Z' -> new ReadyForQuery((char) body.int8());
            case 'C' -> new CommandComplete(body.text());
            case 'E' -> error(body);
            case 'K' -> new BackendKeyData(body.int32(), new Octets(body.rest()));
            case 'S' -> new ParameterStatus(body.text(), body.text());
            case 'T' -> columns(body);
            case 'D' -> row(body);
            default -> new Other((char) type);
        };
    }

    private static ErrorResponse error(Fields body) throws MalformedMessage {
        String sqlState = "";
        String message = "";
        String hint = "";
        for (int field = body.int8(); field != 0; field = body.int8()) {
            String text = body.text();
            switch (field) {
                case 'C' -> sqlState = text;
                case 'M' -> message = text;
                case 'H' -> hint = text;
                default -> {}
            }
        }
        return new ErrorResponse(sqlState, message, hint);
    }

    private static RowDescription columns(Fields body) throws MalformedMessage {
        List<String> names = new ArrayList<>();
        for (int left = body.int16(); left > 0; left--) {
            names.add(body.text());
            body.skip(18);
        }
        return new RowDescription(names);
    }

    private static DataRow row(Fields body) throws MalformedMessage {
        List<@Nullable String> values = new ArrayList<>();
        for (int left = body.int16(); left > 0; left--) {
            int bytes = body.int32();
            values.add(bytes < 0 ? null : body.text(bytes));
        }
        return new DataRow(values);
    }
}
