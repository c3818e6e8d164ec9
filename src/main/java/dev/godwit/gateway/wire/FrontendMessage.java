package dev.godwit.gateway.wire;

/// What a client sends, as far as the gateway has to understand it.
///
/// Source: PostgreSQL manual, section 54.7.
public sealed interface FrontendMessage {
    record Query(String sql) implements FrontendMessage {}

    record Parse(String statement, String sql) implements FrontendMessage {}

    record Bind(String portal, String statement) implements FrontendMessage {}

    record Execute(String portal) implements FrontendMessage {}

    /// @param portal else a statement
    record Describe(boolean portal, String name) implements FrontendMessage {}

    /// @param portal else a statement
    record Close(boolean portal, String name) implements FrontendMessage {}

    /// Anything else, of which the type is enough.
    record Other(char type) implements FrontendMessage {}

    /// @param body of a gathered message
    static FrontendMessage decode(int type, Fields body) throws MalformedMessage {
        return switch (type) {
            case 'Q' -> new Query(body.text());
            case 'P' -> new Parse(body.text(), body.text());
            case 'B' -> new Bind(body.text(), body.text());
            case 'D' -> new Describe(body.int8() == 'P', body.text());
            case 'E' -> new Execute(body.text());
            case 'C' -> new Close(body.int8() == 'P', body.text());
            default -> new Other((char) type);
        };
    }
}
