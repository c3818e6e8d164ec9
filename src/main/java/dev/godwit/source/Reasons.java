package dev.godwit.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// The operating system's reason, without the path that Java's message repeats.
public final class Reasons {
    private Reasons() {}

    public static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file";
            case NotDirectoryException _ -> "not a directory";
            case FileAlreadyExistsException _ -> "it is there already";
            case FileSystemException e when e.getReason() != null -> lower(e.getReason());
            case IOException e -> e.getMessage() == null ? "input/output error" : lower(e.getMessage());
        };
    }

    private static String lower(String reason) {
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
