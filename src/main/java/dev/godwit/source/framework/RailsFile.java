package dev.godwit.source.framework;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of a Rails migration by its name: `20261122103000_add_region.rb`, or with the engine that it was copied from
/// before its ending. Source: `ActiveRecord::Migration::MigrationFilenameRegexp`.
///
/// @param version without leading zeros, as Rails records it
record RailsFile(String version, String name, Path path) {
    private static final Pattern NAME = Pattern.compile("([0-9]+)_([_a-z0-9]*)\\.?([_a-z0-9]*)?\\.rb");

    /// What Rails takes for a migration, and fails over when its name is not right.
    private static final Pattern TAKEN = Pattern.compile("[0-9].*_.*\\.rb");

    static Optional<RailsFile> of(Path path) {
        Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
        return matcher.matches()
                ? Optional.of(new RailsFile(new BigInteger(matcher.group(1)).toString(), matcher.group(2), path))
                : Optional.empty();
    }

    static boolean isTaken(Path path) {
        return TAKEN.matcher(String.valueOf(path.getFileName())).matches();
    }

    /// @return `AddRegion`, the class that Rails looks for; the project's acronyms may spell it `AddAPI`
    String className() {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
