package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Small Python files that adapters put beside a project.
final class PythonResource {
    private PythonResource() {}

    static String text(String name) {
        try (InputStream in = requireNonNull(PythonResource.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
