package dev.godwit.source.framework;

import dev.godwit.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The text of one of Flyway's scripts: its placeholders and its checksum.
record FlywayScript(String content, FlywayConfig config) {
    static FlywayScript of(SourceText text, FlywayConfig config) {
        return new FlywayScript(text.content(), config);
    }

    boolean hasPlaceholders() {
        return config.replacesPlaceholders() && placeholder().matcher(content).find();
    }

    private Pattern placeholder() {
        return Pattern.compile(
                Pattern.quote(config.placeholderPrefix()) + "([^\\s}]+?)" + Pattern.quote(config.placeholderSuffix()));
    }

    /// @return the text with the values of the placeholders that the project's files know
    FlywayScript replaced() {
        Map<String, String> values = config.placeholders();
        Matcher matcher = placeholder().matcher(content);
        String text = matcher.replaceAll(found -> Matcher.quoteReplacement(
                values.getOrDefault(found.group(1).replace("-", "").toLowerCase(Locale.ROOT), found.group())));
        return new FlywayScript(text, config);
    }

    /// CRC32 of the lines without their ends, as Flyway computes it (measured: `RealFlywayTest`). A repeatable's
    /// placeholders are replaced before.
    ///
    /// @return empty when a repeatable's placeholder gets its value only at run time
    OptionalInt checksum(boolean repeatable) {
        FlywayScript counted = repeatable && hasPlaceholders() ? replaced() : this;
        if (repeatable && counted.hasPlaceholders()) {
            return OptionalInt.empty();
        }
        CRC32 crc = new CRC32();
        counted.content.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return OptionalInt.of((int) crc.getValue());
    }
}
