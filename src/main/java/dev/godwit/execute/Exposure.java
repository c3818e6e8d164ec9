package dev.godwit.execute;

import dev.godwit.postgres.LockMode;
import java.util.List;

/// What waits behind a statement while it waits for its locks; the lock timeout follows from it.
enum Exposure {
    /// Nothing that others can see: it may wait for as long as it has to.
    NONE,
    /// Other schema changes and vacuum only: a few seconds, longer than autovacuum needs to give way.
    SCHEMA_CHANGES,
    /// Traffic.
    TRAFFIC,
    /// Nobody knows (a DO block, a function): taken for traffic.
    UNKNOWN;

    static Exposure of(List<LockNeed> needs) {
        if (needs.stream().anyMatch(LockNeed::stopsTraffic)) {
            return TRAFFIC;
        }
        boolean schema = needs.stream().anyMatch(need -> need.mode().conflictsWith(LockMode.SHARE_UPDATE_EXCLUSIVE));
        return schema ? SCHEMA_CHANGES : NONE;
    }

    boolean limited() {
        return this == TRAFFIC || this == UNKNOWN;
    }
}
