package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

/// What a rule says about itself; its page is made from this.
///
/// @param id as suppressions and flags name it, also its case folder and its page
/// @param number in the project's list of hazards
/// @param severity of a finding, where size or doubt do not change it
/// @param scope on what it speaks
/// @param condition what it looks for, one sentence
/// @param effect what happens to the users, one sentence that names the lock
/// @param workaround what to do instead, one sentence
/// @param onByDefault false for style and for what Godwit's own runner takes care of: then the rule speaks only where
///     `[rules]` of godwit.toml or `--rule` names it
public record RuleInfo(
        String id,
        int number,
        Severity severity,
        Scope scope,
        String condition,
        String effect,
        String workaround,
        boolean onByDefault) {
    /// On what a rule speaks.
    public enum Scope {
        /// On relations that were there before the release: what it made itself nobody uses yet.
        EXISTING_RELATIONS,
        /// On every statement, for it would fail or deceive anywhere.
        EVERYTHING
    }

    public RuleInfo {
        requireNonNull(id);
        requireNonNull(severity);
        requireNonNull(scope);
        requireNonNull(condition);
        requireNonNull(effect);
        requireNonNull(workaround);
        if (!id.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("a rule's id is lower-case words and dashes: " + id);
        }
    }

    public RuleInfo(
            String id, int number, Severity severity, Scope scope, String condition, String effect, String workaround) {
        this(id, number, severity, scope, condition, effect, workaround, true);
    }

    /// @return the same rule, silent until a user names it
    public RuleInfo offByDefault() {
        return new RuleInfo(id, number, severity, scope, condition, effect, workaround, false);
    }
}
