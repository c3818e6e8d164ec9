package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Any program that changes a schema, as its users call it.
///
/// @param up what changes it
/// @param down what undoes that; empty when nobody said
/// @param name what the evidence is called
public record Tool(List<String> up, Optional<List<String>> down, String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
    private static final Pattern SUBCOMMAND = Pattern.compile("[A-Za-z][A-Za-z_:-]{0,30}");
    private static final Pattern DATABASE =
            Pattern.compile("(?i)(?:postgres|postgresql|pgsql|db:pg)(?:\\+\\w+)?:(?:/|\\w)");
    private static final int SUBCOMMANDS = 2;
    private static final int DIGITS = 8;

    public Tool {
        up = List.copyOf(up);
        down = down.map(List::copyOf);
        requireNonNull(name);
    }

    /// @param name as typed; without one it is made of the command
    public static Tool of(List<String> up, Optional<String> down, Optional<String> name) {
        if (up.isEmpty()) {
            throw Problem.usage("there is no command behind --")
                    .remedy("godwit rehearse -- COMMAND ARGUMENTS")
                    .raise();
        }
        Optional<List<String>> words = down.map(CommandWords::split);
        requireNoDatabase(up);
        words.ifPresent(Tool::requireNoDatabase);
        return new Tool(up, words, name.map(Tool::checked).orElseGet(() -> nameOf(up)));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.usage("\"" + name + "\" cannot name the files of the evidence")
                    .remedy("use letters, digits, _, - and .")
                    .raise();
        }
        return name;
    }

    /// The address that is named would win over the gateway's, and it may be production's.
    private static void requireNoDatabase(List<String> words) {
        if (words.stream().anyMatch(word -> DATABASE.matcher(word).find())) {
            throw Problem.usage("the command names a database itself, so it would not run on staging")
                    .leaving("nothing was run")
                    .remedy("write {url}, {jdbc}, {host}, {port}, {user} or {database} instead")
                    .raise();
        }
    }

    /// The program, its first words, and some digits that tell it from another call: an argument may be
    /// a secret, so no other stands in a file's name.
    private static String nameOf(List<String> up) {
        String program = up.getFirst().replaceFirst("^.*[/\\\\]", "");
        Stream<String> subcommands = up.stream()
                .skip(1)
                .takeWhile(word -> SUBCOMMAND.matcher(word).matches())
                .limit(SUBCOMMANDS);
        List<String> parts = new ArrayList<>();
        Stream.concat(Stream.of(program), subcommands)
                .map(part -> part.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "_")
                        .replaceAll("^_|_$", ""))
                .filter(part -> !part.isEmpty())
                .forEach(parts::add);
        parts.add(digits(up));
        return String.join("_", parts);
    }

    private static String digits(List<String> up) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", up).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
