package dev.godwit.statement;

/// What a function promises about its result; the order is from the strongest promise to none.
///
/// Source: PostgreSQL manual, section 36.7.
public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE;

    public Volatility orWeaker(Volatility other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
