package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/// What Django calls a migration by.
///
/// @param app the app's label
/// @param name the file's name without its ending
record DjangoKey(String app, String name) implements Comparable<DjangoKey> {
    static final String FIRST = "__first__";
    static final String LATEST = "__latest__";

    private static final Comparator<DjangoKey> ORDER =
            Comparator.comparing(DjangoKey::app).thenComparing(DjangoKey::name);

    DjangoKey {
        requireNonNull(app);
        requireNonNull(name);
    }

    /// @param version `app.name`
    static DjangoKey of(String version) {
        int dot = version.indexOf('.');
        return new DjangoKey(version.substring(0, Math.max(0, dot)), version.substring(dot + 1));
    }

    String version() {
        return app + "." + name;
    }

    @Override
    public int compareTo(DjangoKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return version();
    }
}
