package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectCopyTest {
    @TempDir
    Path root;

    private void write(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, file);
    }

    @Test
    void whatIsWrittenIntoTheCopyStaysThere() throws IOException {
        write("db/migrate/1_a.rb");
        write("node_modules/pg/index.js");
        write(".git/HEAD");
        Path copied;
        try (ProjectCopy copy = ProjectCopy.of(Project.at(root))) {
            copied = copy.project().root();
            assertThat(copied.resolve("db/migrate/1_a.rb")).hasContent("db/migrate/1_a.rb");
            assertThat(copied.resolve("node_modules")).isSymbolicLink();
            assertThat(copied.resolve(".git")).doesNotExist();
            assertThat(copy.scratch()).isEmptyDirectory();
            Files.writeString(copied.resolve("db/schema.rb"), "side file");
        }
        assertThat(root.resolve("db/schema.rb")).doesNotExist();
        assertThat(root.resolve("node_modules/pg/index.js")).exists();
        assertThat(copied).doesNotExist();
    }
}
