package dev.godwit.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes passwords out of what a command says and of how it was called.
public final class Secrets {
    private static final String MASK = "***";

    /// Too short a word would be found in any text.
    private static final int SHORTEST = 4;

    private static final Pattern LOGIN = Pattern.compile("(\\w://[^\\s:/@]*):[^\\s@]*@");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)((?:password|passwd|pwd|secret|token)[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^&\\s,;]+)");
    private static final Pattern OPTION = Pattern.compile("(?i)-{1,2}[a-z-]*(?:password|passwd|pwd|secret|token)");

    private final List<String> known;

    /// @param passwords that must not be shown, wherever they stand
    public Secrets(Collection<String> passwords) {
        this.known = passwords.stream()
                .filter(password -> password.length() >= SHORTEST)
                .flatMap(password -> Stream.of(password, URLEncoder.encode(password, StandardCharsets.UTF_8)))
                .distinct()
                .toList();
    }

    public String mask(String text) {
        String masked = text;
        for (String password : known) {
            masked = masked.replace(password, MASK);
        }
        masked = LOGIN.matcher(masked).replaceAll("$1:" + MASK + "@");
        return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
    }

    /// A command line on one line; the word after an option such as `--password` is one too.
    public String mask(List<String> words) {
        StringBuilder line = new StringBuilder();
        boolean hide = false;
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ").append(hide ? MASK : mask(word));
            hide = OPTION.matcher(word).matches();
        }
        return line.toString().replaceAll("\\s*\\R\\s*", " ");
    }
}
