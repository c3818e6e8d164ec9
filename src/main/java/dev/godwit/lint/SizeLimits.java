package dev.godwit.lint;

/// What counts as small and as large, in rows; the defaults are the numbers of `product.md`.
///
/// @param smallRows up to here a statement over every row is let through
/// @param largeRows over this an index must be built CONCURRENTLY, whatever a rule thinks
public record SizeLimits(long smallRows, long largeRows) {
    public static final SizeLimits DEFAULT = new SizeLimits(100_000, 1_000_000);
}
