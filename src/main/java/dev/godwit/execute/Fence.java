package dev.godwit.execute;

/// Asked before each step whether this runner may still go on.
public interface Fence {
    /// For a database that nobody else can reach.
    Fence NONE = () -> {};

    /// Throws when it may not.
    void check();

    /// Makes sure that [#check] may be asked again, after a connection was lost. What others did in between stands in
    /// the ledger.
    default void retake() {}
}
