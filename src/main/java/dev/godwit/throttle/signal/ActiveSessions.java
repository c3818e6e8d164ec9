package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Activity;
import dev.godwit.db.Session;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Optional;

/// How many clients of the database run a statement. Those that the login may not see cannot be counted, and that holds
/// the work up as well.
@AutoService(ThrottleSignal.class)
public final class ActiveSessions implements ThrottleSignal {
    private static final String SIGNAL = "active sessions";

    @Override
    public String id() {
        return "active_sessions";
    }

    @Override
    public String example() {
        return "60";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        long most = LimitText.whole(limit);
        return _ -> session -> look(session, most);
    }

    private static Optional<Reading> look(Session session, long most) {
        Activity activity = Activity.read(session);
        if (activity.hidden() > 0) {
            return Optional.of(
                    Reading.unknown(SIGNAL, activity.hidden() + " are hidden from this login", Long.toString(most)));
        }
        return activity.active() > most
                ? Optional.of(Reading.over(SIGNAL, Integer.toString(activity.active()), Long.toString(most)))
                : Optional.empty();
    }
}
