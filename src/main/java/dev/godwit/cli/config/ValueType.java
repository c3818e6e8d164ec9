package dev.godwit.cli.config;

import dev.godwit.apply.Window;
import dev.godwit.execute.MayEnd;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.text.ByteSize;
import dev.godwit.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// What a key's value is, as people write it. Every parser throws an [IllegalArgumentException] whose message says what
/// is wrong with the value, and never repeats one that may hold a password.
public sealed interface ValueType<T> {
    T parse(String text);

    /// @return completes "it must be …"
    String expected();

    /// @return whether TOML writes it without quotes
    default boolean number() {
        return false;
    }

    /// @return the value as it may be shown
    default String show(String text) {
        return text;
    }

    /// Any words.
    record Words(String expected) implements ValueType<String> {
        @Override
        public String parse(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("it is empty");
            }
            return text.strip();
        }
    }

    /// A database, or `env:NAME` for the variable that holds it. Kept as text: what it names is looked up when a
    /// command connects, so that a command that needs no database needs no variable.
    record Url() implements ValueType<String> {
        private static final Pattern FORM =
                Pattern.compile("postgres(ql)?://.*|env:[A-Za-z_][A-Za-z0-9_]*", Pattern.DOTALL);

        @Override
        public String parse(String text) {
            if (text.startsWith("jdbc:")) {
                throw new IllegalArgumentException("it begins with jdbc:, which only Java programs understand");
            }
            if (!FORM.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException("it is no URL of a PostgreSQL database");
            }
            return text.strip();
        }

        @Override
        public String expected() {
            return "a URL such as postgresql://user@host:5432/database, or env:NAME for a variable that holds one";
        }

        @Override
        public String show(String text) {
            return Secrets.mask(text);
        }
    }

    /// One of a few words.
    record Choice(List<String> words) implements ValueType<String> {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String parse(String text) {
            if (!words.contains(text)) {
                throw new IllegalArgumentException("\"" + text + "\" is none of its words");
            }
            return text;
        }

        @Override
        public String expected() {
            return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
        }
    }

    /// A span of time, see [DurationText].
    record Time() implements ValueType<Duration> {
        @Override
        public Duration parse(String text) {
            return DurationText.parse(text);
        }

        @Override
        public String expected() {
            return "a time such as 500ms, 30s, 5m or 1h30m";
        }
    }

    /// A whole number within bounds, both included.
    record Whole(long least, long most) implements ValueType<Long> {
        @Override
        public Long parse(String text) {
            String digits = text.strip().replace("_", "");
            if (!digits.matches("-?[0-9]{1,18}")) {
                throw new IllegalArgumentException("\"" + text + "\" is no whole number");
            }
            long value = Long.parseLong(digits);
            if (value < least || value > most) {
                throw new IllegalArgumentException(digits + " is out of range");
            }
            return value;
        }

        @Override
        public String expected() {
            return most == Long.MAX_VALUE
                    ? "a whole number from " + least + " on"
                    : "a whole number from " + least + " to " + most;
        }

        @Override
        public boolean number() {
            return true;
        }
    }

    /// Bytes, by 1024 as PostgreSQL counts.
    record Size() implements ValueType<Long> {
        @Override
        public Long parse(String text) {
            return ByteSize.parse(text);
        }

        @Override
        public String expected() {
            return "a size such as 500MB, 200GB or 2TB";
        }
    }

    /// A table of the database; without a schema it is in `public`.
    record Table() implements ValueType<QualifiedName> {
        private static final Pattern FORM = Pattern.compile("(?:([^.\\s\"]+)\\.)?([^.\\s\"]+)");

        @Override
        public QualifiedName parse(String text) {
            var matcher = FORM.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + text + "\" is no table's name");
            }
            return matcher.group(1) == null
                    ? QualifiedName.inPublic(matcher.group(2))
                    : new QualifiedName(matcher.group(1), matcher.group(2));
        }

        @Override
        public String expected() {
            return "a table as schema.name, without quotes";
        }
    }

    /// Times of day, and whose clock shows them.
    record Hours() implements ValueType<Window> {
        @Override
        public Window parse(String text) {
            return Window.parse(text);
        }

        @Override
        public String expected() {
            return "times of day and a time zone, such as 22:00-05:00 Europe/Berlin";
        }
    }

    /// Roles and applications.
    record Sessions() implements ValueType<MayEnd> {
        @Override
        public MayEnd parse(String text) {
            return MayEnd.parse(text);
        }

        @Override
        public String expected() {
            return "roles and applications such as role:report*, app:metabase";
        }
    }
}
