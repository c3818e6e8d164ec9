package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Session;
import dev.godwit.db.WalPosition;
import dev.godwit.text.Quantities;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Signal;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much write-ahead log the server writes a second, the work's own included, between two looks. So the work rests
/// for as long as its share brings the mean down to the limit.
@AutoService(ThrottleSignal.class)
public final class WalRate implements ThrottleSignal {
    @Override
    public String id() {
        return "wal_rate";
    }

    @Override
    public String example() {
        return "50MB/s";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        long most = LimitText.rate(limit);
        return _ -> new Rate(most);
    }

    private static final class Rate implements Signal {
        private final long most;
        private @Nullable WalPosition last;
        private long lastNanos;

        Rate(long most) {
            this.most = most;
        }

        @Override
        public Optional<Reading> look(Session session) {
            WalPosition now = WalPosition.of(session);
            long nanos = System.nanoTime();
            WalPosition before = last;
            if (before == null) {
                remember(now, nanos);
                return Optional.empty();
            }
            double rate = now.since(before) * 1e9 / Math.max(1, nanos - lastNanos);
            // over the limit, the same beginning counts on: the mean since then is what has to come down
            if (rate <= most) {
                remember(now, nanos);
                return Optional.empty();
            }
            return Optional.of(Reading.over("WAL written", perSecond((long) rate), perSecond(most)));
        }

        private void remember(WalPosition now, long nanos) {
            last = now;
            lastNanos = nanos;
        }

        private static String perSecond(long bytes) {
            return Quantities.bytes(bytes) + "/s";
        }
    }
}
