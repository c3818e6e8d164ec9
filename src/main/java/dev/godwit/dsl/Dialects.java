package dev.godwit.dsl;

import dev.godwit.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The dialects that there are, by framework.
public final class Dialects {
    private final Map<String, Dialect> byFramework = new HashMap<>();

    public Dialects(List<Dialect> dialects) {
        for (Dialect dialect : dialects) {
            if (byFramework.put(dialect.framework(), dialect) != null) {
                throw Problem.stopped("two dialects are called \"" + dialect.framework() + "\"")
                        .remedy("leave one of them in")
                        .raise();
            }
        }
    }

    public static Dialects load() {
        return new Dialects(ServiceLoader.load(Dialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /// @return empty for a framework whose migrations are SQL
    public Optional<Dialect> of(String framework) {
        return Optional.ofNullable(byFramework.get(framework));
    }
}
