package dev.godwit.execute;

/// Asked before each step whether this runner may still go on.
@FunctionalInterface
public interface Fence {
    /// For a database that nobody else can reach.
    Fence NONE = () -> {};

    /// Throws when it may not.
    void check();
}
