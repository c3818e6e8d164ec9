package dev.godwit.apply;

import dev.godwit.text.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Nobody is in the way for long of just what this migration needs: its locks; every older snapshot, where an index is
/// built CONCURRENTLY; the freeing of dead rows, where rows are written in batches.
///
/// A login that may not see others' ages looks again for two seconds: what is gone by then was not in the way.
final class BlockersGate implements LiveGate {
    static final String NAME = "blockers";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int LOOKS = 4;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Gate ask(Scene scene) {
        Needs needs = Needs.of(scene.work());
        List<Obstacle> seen = look(scene, needs);
        Duration limit = scene.limits().blockerAge();
        Set<Obstacle> found = new LinkedHashSet<>(
                seen.stream().filter(obstacle -> obstacle.counts(limit)).toList());
        found.addAll(thatStay(scene, needs, seen));
        if (found.isEmpty()) {
            return Gate.open(NAME, "nobody has been in the way of its locks for " + Quantities.time(limit));
        }
        String role = scene.role();
        return Gate.closed(
                NAME,
                Shown.list(found.stream().map(Obstacle::sentence).toList()),
                String.join(
                        "\n",
                        found.stream()
                                .map(each -> each.remedy(role))
                                .distinct()
                                .limit(5)
                                .toList()));
    }

    private static List<Obstacle> look(Scene scene, Needs needs) {
        List<Obstacle> found = new ArrayList<>(needs.holders(scene.session()));
        if (needs.everySnapshot()) {
            found.addAll(Horizon.snapshots(scene.session()));
        }
        if (needs.deadRows()) {
            found.addAll(Horizon.keepers(scene.session()));
        }
        return found;
    }

    private static List<Obstacle> thatStay(Scene scene, Needs needs, List<Obstacle> seen) {
        List<Obstacle> hidden = hidden(seen);
        for (int looks = 0; looks < LOOKS && !hidden.isEmpty(); looks++) {
            scene.cancellation().pause(LOOK_AGAIN);
            List<Obstacle> now = hidden(look(scene, needs));
            hidden = hidden.stream()
                    .filter(before -> now.stream().anyMatch(before::isSameTransaction))
                    .toList();
        }
        return hidden;
    }

    private static List<Obstacle> hidden(List<Obstacle> seen) {
        return seen.stream()
                .filter(obstacle -> obstacle.kind() == Obstacle.Kind.HIDDEN)
                .toList();
    }
}
