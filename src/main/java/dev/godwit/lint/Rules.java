package dev.godwit.lint;

import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// All rules, by id.
public final class Rules {
    private final Map<String, Rule> byId = new TreeMap<>();

    public Rules(Iterable<Rule> rules) {
        for (Rule rule : rules) {
            Rule other = byId.putIfAbsent(rule.info().id(), rule);
            if (other != null) {
                throw Problem.usage("two rules have the id " + rule.info().id())
                        .at(other.getClass().getName() + " and "
                                + rule.getClass().getName())
                        .remedy("give one of them another id")
                        .raise();
            }
        }
    }

    public static Rules load() {
        return new Rules(ServiceLoader.load(Rule.class));
    }

    /// @return in the order of the project's list of hazards
    public List<Rule> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingInt(rule -> rule.info().number()))
                .toList();
    }

    public boolean knows(String id) {
        return byId.containsKey(id);
    }

    public Optional<String> nearest(String id) {
        return Nearest.of(id, byId.keySet());
    }

    void requireKnown(Collection<String> ids) {
        for (String id : ids) {
            if (!knows(id)) {
                throw Problem.usage("no such rule: " + id)
                        .remedy(nearest(id)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("the rules are " + String.join(", ", byId.keySet())))
                        .raise();
            }
        }
    }
}
