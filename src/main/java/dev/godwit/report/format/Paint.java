package dev.godwit.report.format;

import dev.godwit.lint.Severity;

/// Colours a piece of text by the role it plays; whoever has a terminal decides what that looks like.
@FunctionalInterface
public interface Paint {
    /// What a piece of text is.
    enum Role {
        ERROR,
        WARNING,
        INFO,
        /// A rule's id, a help's label.
        STRONG,
        /// Line numbers and frames.
        FAINT;

        static Role of(Severity severity) {
            return switch (severity) {
                case ERROR -> ERROR;
                case WARNING -> WARNING;
                case INFO -> INFO;
            };
        }
    }

    /// For files, pipes and terminals without colour.
    Paint NONE = (_, text) -> text;

    String apply(Role role, String text);
}
