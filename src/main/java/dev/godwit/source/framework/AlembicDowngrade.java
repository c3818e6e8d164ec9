package dev.godwit.source.framework;

import java.util.List;

/// Whether an author wrote a way back. Alembic's skeleton has a `downgrade()` that does nothing: it runs, takes the
/// version away and leaves the schema as it is, so it counts only where `upgrade()` does nothing either (a merge), or
/// where `# godwit:no-op REASON` says that it is on purpose.
enum AlembicDowngrade {
    WRITTEN,
    /// There is nothing to undo, says the author or the upgrade.
    NOTHING_TO_DO,
    MISSING,
    /// `raise NotImplementedError`, the custom where there is no way back.
    REFUSED;

    static AlembicDowngrade of(PythonFile file) {
        List<PythonLine> down = working(file.function("downgrade").orElse(List.of()));
        if (!down.isEmpty()) {
            return down.getFirst().begins("raise") ? REFUSED : WRITTEN;
        }
        boolean defined = file.function("downgrade").isPresent();
        boolean onPurpose = file.function("downgrade")
                .flatMap(file::noOpReason)
                .filter(reason -> !reason.isEmpty())
                .isPresent();
        boolean nothingDone = file.function("upgrade")
                .map(AlembicDowngrade::working)
                .orElse(List.of())
                .isEmpty();
        return defined && (onPurpose || nothingDone) ? NOTHING_TO_DO : MISSING;
    }

    private static List<PythonLine> working(List<PythonLine> body) {
        return body.stream()
                .filter(line -> !line.isText() && !(line.tokens().size() == 1 && line.begins("pass")))
                .toList();
    }

    boolean exists() {
        return this == WRITTEN || this == NOTHING_TO_DO;
    }
}
