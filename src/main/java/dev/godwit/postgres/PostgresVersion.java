package dev.godwit.postgres;

/// A server's version. From 10 on, `server_version_num` is `major * 10000 + minor`.
///
/// Source: PostgreSQL manual, section 20.15, `server_version_num`.
public record PostgresVersion(int major, int minor) implements Comparable<PostgresVersion> {
    public static final int OLDEST_MAJOR = 13;
    public static final int NEWEST_MAJOR = 18;

    public static PostgresVersion fromNumber(int serverVersionNum) {
        return new PostgresVersion(serverVersionNum / 10_000, serverVersionNum % 10_000);
    }

    public static PostgresVersion ofMajor(int major) {
        return new PostgresVersion(major, 0);
    }

    /// @param text `18.6`, as [#toString] writes it
    public static PostgresVersion parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a version of PostgreSQL: " + text);
        }
        return new PostgresVersion(Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    public boolean atLeast(int otherMajor) {
        return major >= otherMajor;
    }

    public boolean supported() {
        return major >= OLDEST_MAJOR && major <= NEWEST_MAJOR;
    }

    @Override
    public int compareTo(PostgresVersion other) {
        return Integer.compare(major * 10_000 + minor, other.major * 10_000 + other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
