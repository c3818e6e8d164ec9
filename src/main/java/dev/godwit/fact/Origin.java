package dev.godwit.fact;

/// How a relation or column came into the model.
public enum Origin {
    /// It was there before, as far as anyone can tell.
    EXISTING,
    /// An earlier statement of this release made it: nobody else uses it yet.
    RELEASE,
    /// The up of the migration whose down is looked at made it: in use, but to go is its fate.
    UNDONE_UP
}
