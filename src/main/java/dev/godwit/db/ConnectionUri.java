package dev.godwit.db;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// libpq's connection URI taken apart into libpq's keywords (`host`, `port`, `dbname`, `user`, `password`, …).
///
/// No message repeats any part of the URI that could hold a piece of the password: a `/` that should have been `%2F`
/// moves the rest of a password into the port or the database.
///
/// Source: PostgreSQL manual, section 34.1.1.2; fe-connect.c, `conninfo_uri_parse_options`.
final class ConnectionUri {
    private static final String FORM = "postgresql://user@host:port/database?sslmode=require";

    private static final Pattern SHAPE = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]*)(?:/(?<dbname>[^?]*))?(?:\\?(?<query>.*))?",
            Pattern.DOTALL);

    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<v6>[^\\]]*)\\]|(?<host>[^:\\[\\]]*))(?::(?<port>.*))?", Pattern.DOTALL);

    private final Map<String, String> settings = new LinkedHashMap<>();

    private ConnectionUri() {}

    /// @return libpq keywords and their decoded values; a part that is not in the URI has no key
    static Map<String, String> parse(String uri) {
        refuseJdbc(uri);
        Matcher matcher = SHAPE.matcher(uri);
        if (!matcher.matches()) {
            throw malformed("the database is not given as a postgresql:// URL");
        }
        return new ConnectionUri().read(matcher);
    }

    private static void refuseJdbc(String uri) {
        if (uri.startsWith("jdbc:")) {
            throw Problem.usage("a jdbc: URL is not accepted; databases are named the way libpq and psql name them")
                    .remedy("leave out the leading jdbc: and write " + FORM)
                    .raise();
        }
    }

    private Map<String, String> read(Matcher matcher) {
        put("user", matcher.group("user"));
        put("password", matcher.group("password"));
        readHost(matcher.group("hosts"));
        put("dbname", matcher.group("dbname"));
        String query = matcher.group("query");
        if (query != null && !query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                readParameter(parameter);
            }
        }
        return settings;
    }

    private void readHost(String hosts) {
        if (hosts.contains(",")) {
            throw severalHosts();
        }
        Matcher matcher = HOST.matcher(hosts);
        if (!matcher.matches()) {
            throw malformed("the host in the database URL cannot be read");
        }
        put("host", matcher.group("v6"));
        put("host", matcher.group("host"));
        put("port", matcher.group("port"));
    }

    private void readParameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals <= 0 || parameter.indexOf('=', equals + 1) >= 0) {
            throw malformed("a parameter in the database URL is not of the form name=value");
        }
        String keyword = decode(parameter.substring(0, equals));
        String value = decode(parameter.substring(equals + 1));
        if (keyword.equals("ssl") && value.equals("true")) {
            settings.put("sslmode", "require");
        } else {
            settings.put(keyword, value);
        }
    }

    private void put(String keyword, @Nullable String encoded) {
        if (encoded != null && !encoded.isEmpty()) {
            settings.put(keyword, decode(encoded));
        }
    }

    private static String decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[encoded.length() * 3]);
        int offset = 0;
        while (offset < encoded.length()) {
            int codePoint = encoded.codePointAt(offset);
            if (codePoint == '%') {
                bytes.put(hexPair(encoded, offset + 1));
                offset += 3;
            } else {
                bytes.put(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                offset += Character.charCount(codePoint);
            }
        }
        return utf8(bytes.flip());
    }

    private static byte hexPair(String encoded, int at) {
        if (at + 2 > encoded.length()
                || Character.digit(encoded.charAt(at), 16) < 0
                || Character.digit(encoded.charAt(at + 1), 16) < 0) {
            throw malformed("the database URL holds a % that is not followed by two hex digits");
        }
        int value = Integer.parseInt(encoded, at, at + 2, 16);
        if (value == 0) {
            throw malformed("the database URL holds %00, which no part of it may");
        }
        return (byte) value;
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed("a part of the database URL is not UTF-8 once its %xx are decoded");
        }
    }

    static GodwitException severalHosts() {
        return Problem.usage(
                        "the database URL names several hosts; Godwit changes one server, so it must be told which")
                .remedy("name the primary alone, as in " + FORM)
                .raise();
    }

    private static GodwitException malformed(String what) {
        return Problem.usage(what)
                .remedy("write " + FORM + "; in names and passwords @ is written %40, : %3A, / %2F and % %25")
                .raise();
    }
}
