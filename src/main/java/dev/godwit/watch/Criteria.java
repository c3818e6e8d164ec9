package dev.godwit.watch;

/// When a difference counts.
///
/// @param alpha the chance of a false alarm that one rate may have
/// @param leastRatio smaller increases are no alarm, however certain
/// @param fewestEvents fewer are no alarm, however unlikely
/// @param noticeRatio the increase that a watch has to be able to notice
/// @param noticeShare where the baseline is close to zero: the share of transactions that it has to be able to notice
/// @param power the chance of noticing it
/// @param sustainedSeconds how long a level must stay too high
/// @param coverage share of the time asked for that must have been seen
public record Criteria(
        double alpha,
        double leastRatio,
        int fewestEvents,
        double noticeRatio,
        double noticeShare,
        double power,
        double sustainedSeconds,
        double coverage) {

    public static Criteria standard() {
        return new Criteria(0.001, 2, 3, 5, 0.01, 0.9, 2, 0.9);
    }
}
