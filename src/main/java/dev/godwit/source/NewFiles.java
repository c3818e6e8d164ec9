package dev.godwit.source;

import dev.godwit.problem.GodwitException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Several migrations that were asked for together, written one after the other, because the version of each is made of
/// the files that are there; all of them or none.
public final class NewFiles {
    private NewFiles() {}

    /// @return in the order of writing; a file that several migrations change stands there once
    public static List<NewFile> write(Project project, Framework framework, List<NewMigration> migrations) {
        List<NewFile> written = new ArrayList<>();
        for (NewMigration migration : migrations) {
            try {
                List<NewFile> files = framework.newMigration(project, migration);
                NewFile.writeAll(files);
                written.addAll(files);
            } catch (GodwitException failure) {
                throw takenBack(written, failure);
            }
        }
        return once(written);
    }

    private static GodwitException takenBack(List<NewFile> written, GodwitException failure) {
        List<String> left = NewFile.takeBackAll(written);
        return left.isEmpty()
                ? failure
                : failure.problem()
                        .leaving("still there: " + String.join(", ", left))
                        .raise();
    }

    private static List<NewFile> once(List<NewFile> written) {
        Set<Object> seen = new LinkedHashSet<>();
        return written.stream().filter(file -> seen.add(file.path())).toList();
    }
}
