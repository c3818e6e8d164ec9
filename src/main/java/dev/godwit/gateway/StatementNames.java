package dev.godwit.gateway;

import dev.godwit.gateway.wire.FrontendMessage.Bind;
import dev.godwit.gateway.wire.FrontendMessage.Close;
import dev.godwit.gateway.wire.FrontendMessage.Describe;
import dev.godwit.gateway.wire.FrontendMessage.Execute;
import dev.godwit.gateway.wire.FrontendMessage.Parse;
import java.util.HashMap;
import java.util.Map;

/// The texts behind the names of one connection: a Bind names a statement, an Execute a portal. A name that the server
/// has refused or forgotten may stay; it does no harm, because it cannot be executed before it is given anew.
final class StatementNames {
    private final Map<String, String> statements = new HashMap<>();
    private final Map<String, String> portals = new HashMap<>();

    void note(Parse parse) {
        statements.put(parse.statement(), parse.sql());
    }

    void note(Bind bind) {
        portals.put(bind.portal(), text(bind));
    }

    void note(Close close) {
        (close.portal() ? portals : statements).remove(close.name());
    }

    String text(Bind bind) {
        return statements.getOrDefault(bind.statement(), "EXECUTE " + bind.statement());
    }

    String text(Describe describe) {
        return (describe.portal() ? portals : statements).getOrDefault(describe.name(), "DESCRIBE " + describe.name());
    }

    /// @return the text; for a cursor that was declared in SQL, a FETCH
    String text(Execute execute) {
        return portals.getOrDefault(execute.portal(), "FETCH ALL FROM " + execute.portal());
    }
}
