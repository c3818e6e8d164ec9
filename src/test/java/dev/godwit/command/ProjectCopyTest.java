package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.Project;
import java.io.BufferedReader;
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

    /// A Godwit that holds a copy until it is killed.
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            ProjectCopy copy = ProjectCopy.of(Project.at(Path.of(arguments[0])));
            System.out.println(copy.project().root());
            assertThat(System.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void whatAKilledGodwitLeftGoesWithTheNextCopyAndWhatIsUsedStays() throws IOException, InterruptedException {
        write("a.rb");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        root.toString())
                .start();
        try (BufferedReader said = holder.inputReader()) {
            Path left = Path.of(said.readLine());
            try (ProjectCopy first = ProjectCopy.of(Project.at(root))) {
                assertThat(left.resolve("a.rb")).exists();
                holder.destroyForcibly().waitFor();
                assertThat(left.resolve("a.rb")).exists();
                try (ProjectCopy second = ProjectCopy.of(Project.at(root))) {
                    assertThat(left.getParent()).doesNotExist();
                    assertThat(first.project().root().resolve("a.rb")).exists();
                    assertThat(second.project().root().resolve("a.rb")).exists();
                }
            }
        } finally {
            holder.destroyForcibly();
        }
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
