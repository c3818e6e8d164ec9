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

/// A file that is to be written, and never over another one.
public record NewFile(Path path, String content) {
    public NewFile {
        requireNonNull(path);
        requireNonNull(content);
    }

    /// Writes all of them, or none: what was written before a failure is taken away again.
    public static void writeAll(List<NewFile> files) {
        List<Path> written = new ArrayList<>();
        for (NewFile file : files) {
            try {
                Files.createDirectories(file.path().toAbsolutePath().getParent());
                Files.writeString(file.path(), file.content(), CREATE_NEW, WRITE);
                written.add(file.path());
            } catch (IOException e) {
                throw failed(file.path(), e, takeBack(written)).raise();
            }
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

    private static String takeBack(List<Path> written) {
        List<String> left = new ArrayList<>();
        for (Path path : written) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                left.add(path + " (" + Reasons.of(e) + ")");
            }
        }
        return left.isEmpty() ? "nothing was written" : "still there: " + String.join(", ", left);
    }
}
