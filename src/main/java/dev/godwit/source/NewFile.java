package dev.godwit.source;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file that is to be written, and never over another one; or a list of migrations to which one is added.
///
/// @param before what the file holds now, when it is to be changed; it is written over only while it still holds that
public record NewFile(Path path, String content, Optional<String> before) {
    public NewFile {
        requireNonNull(path);
        requireNonNull(content);
        requireNonNull(before);
    }

    public NewFile(Path path, String content) {
        this(path, content, Optional.empty());
    }

    public static NewFile edit(Path path, String before, String content) {
        return new NewFile(path, content, Optional.of(before));
    }

    /// Writes all of them, or none: what was written before a failure is taken away again.
    public static void writeAll(List<NewFile> files) {
        List<NewFile> written = new ArrayList<>();
        for (NewFile file : files) {
            try {
                file.write();
                written.add(file);
            } catch (IOException e) {
                throw failed(file.path(), e, takeBack(written)).raise();
            }
        }
    }

    private void write() throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        if (before.isEmpty()) {
            Files.writeString(path, content, CREATE_NEW, WRITE);
        } else if (Files.readString(path).equals(before.get())) {
            Files.writeString(path, content);
        } else {
            throw new IOException("somebody else is changing it");
        }
    }

    private void takeBack() throws IOException {
        if (before.isEmpty()) {
            Files.deleteIfExists(path);
        } else {
            Files.writeString(path, before.get());
        }
    }

    private static Problem failed(Path path, IOException cause, String state) {
        if (cause instanceof FileAlreadyExistsException) {
            return Problem.usage("there is a file of that name already, and Godwit does not write over it")
                    .at(path.toString())
                    .leaving(state)
                    .remedy("choose another name, or delete the file");
        }
        return Problem.usage("the file cannot be written: " + Reasons.of(cause))
                .at(path.toString())
                .leaving(state)
                .remedy("check the directory's permissions and free space");
    }

    private static String takeBack(List<NewFile> written) {
        List<String> left = takeBackAll(written);
        return left.isEmpty() ? "nothing was written" : "still there: " + String.join(", ", left);
    }

    /// From the last to the first, for one file may have been changed several times.
    ///
    /// @return what could not be taken away, and why
    static List<String> takeBackAll(List<NewFile> written) {
        List<String> left = new ArrayList<>();
        for (NewFile file : written.reversed()) {
            try {
                file.takeBack();
            } catch (IOException e) {
                left.add(file.path() + " (" + Reasons.of(e) + ")");
            }
        }
        return left;
    }
}
