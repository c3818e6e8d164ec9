package dev.godwit.watch;

import com.google.auto.service.AutoService;
import java.util.Optional;

/// PostgreSQL's own statistics of the database, which every login may read.
@AutoService(WatchSource.class)
public final class PostgresSource implements WatchSource {
    @Override
    public String id() {
        return "postgres";
    }

    @Override
    public Optional<Probe> open(WatchTarget target) {
        return Optional.of(new PostgresProbe(target.database()));
    }
}
