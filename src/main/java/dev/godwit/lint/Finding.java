package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.text.Span;
import java.util.Optional;

/// One hazard at one place.
///
/// @param span of the statement, or of the one action that it is about
/// @param lock what the finding is about, on `relation`; empty where no lock is the trouble
/// @param message what happens: the lock, what it blocks, the table
/// @param help what to do, an order
/// @param fix the text to put in place of the statement, where there is one right answer
/// @param growing does the harm grow with the rows of `relation`?
public record Finding(
        RuleInfo rule,
        Severity severity,
        Span span,
        Optional<QualifiedName> relation,
        Optional<LockMode> lock,
        String message,
        String help,
        Optional<String> fix,
        boolean growing) {
    public Finding {
        requireNonNull(rule);
        requireNonNull(severity);
        requireNonNull(span);
        requireNonNull(relation);
        requireNonNull(lock);
        requireNonNull(message);
        requireNonNull(help);
        requireNonNull(fix);
    }

    public static Finding at(Span span, RuleInfo rule, String message) {
        return new Finding(
                rule, rule.severity(), span, Optional.empty(), Optional.empty(), message, "", Optional.empty(), false);
    }

    public static Finding at(StatementFacts facts, RuleInfo rule, String message) {
        return at(facts.statement().span(), rule, message);
    }

    public Finding on(QualifiedName newRelation) {
        return new Finding(rule, severity, span, Optional.of(newRelation), lock, message, help, fix, growing);
    }

    public Finding under(LockMode newLock) {
        return new Finding(rule, severity, span, relation, Optional.of(newLock), message, help, fix, growing);
    }

    public Finding help(String newHelp) {
        return new Finding(rule, severity, span, relation, lock, message, newHelp, fix, growing);
    }

    public Finding fix(Optional<String> newFix) {
        return new Finding(rule, severity, span, relation, lock, message, help, newFix, growing);
    }

    public Finding as(Severity newSeverity) {
        return new Finding(rule, newSeverity, span, relation, lock, message, help, fix, growing);
    }

    public Finding in(Span newSpan) {
        return new Finding(rule, severity, newSpan, relation, lock, message, help, fix, growing);
    }

    /// The longer the table, the longer the harm: its size, when known, decides the severity.
    public Finding growingWithRows() {
        return new Finding(rule, severity, span, relation, lock, message, help, fix, true);
    }

    Finding adding(String sentence) {
        return new Finding(rule, severity, span, relation, lock, message + " " + sentence, help, fix, growing);
    }

    /// @return what the lock stops others from doing, in words; empty where there is no lock or it stops nobody
    public Optional<String> blocks() {
        return lock.flatMap(Wording::blocked);
    }
}
