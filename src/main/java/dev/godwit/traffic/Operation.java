package dev.godwit.traffic;

import dev.godwit.db.Session;
import java.util.SplittableRandom;

/// One kind of request that the users of a database make. The same instance serves all connections at once, so it
/// holds nothing that changes.
public interface Operation {
    /// @return what a person calls it, `order by number`
    String name();

    /// Runs once. A request of several statements is one transaction of its own.
    void run(Session session, SplittableRandom random);

    /// @return how many parts of the mix this operation is, 1 or more
    default int weight() {
        return 1;
    }
}
