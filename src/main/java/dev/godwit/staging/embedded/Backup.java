package dev.godwit.staging.embedded;

import java.io.IOException;

/// Tells a running server that its files are being copied, which makes the copy usable.
///
/// Source: PostgreSQL manual, section 25.3.3, "Making a Base Backup Using the Low Level API".
@FunctionalInterface
public interface Backup {
    /// What is done meanwhile.
    @FunctionalInterface
    interface Copy {
        void run() throws IOException;
    }

    /// @return the text of the copy's `backup_label`
    String around(Copy copy) throws IOException;
}
