package dev.godwit.report.format;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/// File names as URI references (RFC 3986), as programs want them.
final class Uris {
    private Uris() {}

    /// @return relative when the name is, blanks and the like escaped
    static String of(String name) {
        if (name.startsWith("/")) {
            return Path.of(name).toUri().toASCIIString();
        }
        try {
            // a colon in the first segment would make a scheme of it
            return new URI(null, null, name.contains(":") ? "./" + name : name, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a file's name: " + name, e);
        }
    }
}
