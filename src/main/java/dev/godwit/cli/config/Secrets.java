package dev.godwit.cli.config;

import java.util.regex.Pattern;

/// Takes passwords out of what may be a database's URL. Hides too much rather than too little: a password with `@`, `/`
/// or `?` in it is written wrongly, but it is a password all the same.
final class Secrets {
    static final String MASK = "***";

    /// From the first colon after the scheme to the last `@` of the text.
    private static final Pattern LOGIN = Pattern.compile("^(\\w+://[^:]*):.*@", Pattern.DOTALL);

    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)((?:ssl)?password|passwd|pwd|secret|token)(\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*'|[^&\\s]+)");

    private Secrets() {}

    static String mask(String url) {
        String login = LOGIN.matcher(url).replaceFirst("$1:" + MASK + "@");
        return PARAMETER.matcher(login).replaceAll("$1$2" + MASK);
    }

    static boolean holds(String url) {
        return !mask(url).equals(url);
    }

    /// @return the URL as it may be written to a file that is committed
    static String without(String url) {
        String login = LOGIN.matcher(url).replaceFirst("$1@");
        return PARAMETER.matcher(login).replaceAll("").replaceAll("[?&]+$", "").replaceAll("([?&])&+", "$1");
    }
}
