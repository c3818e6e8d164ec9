package dev.godwit.execute;

import dev.godwit.db.Session;

/// Opens sessions to the one database that a run works on.
@FunctionalInterface
public interface Connections {
    Session open();
}
