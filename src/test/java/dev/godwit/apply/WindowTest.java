package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.throttle.Throttles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final Window NIGHT = Window.parse("22:00-05:00 Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        // Berlin is an hour before UTC in winter and two in summer: the clocks there count
        "2026-01-15T20:59:59Z, false",
        "2026-01-15T21:00:00Z, true",
        "2026-07-15T19:59:59Z, false",
        "2026-07-15T20:00:00Z, true",
        "2026-01-15T23:30:00Z, true",
        "2026-01-16T03:59:59Z, true",
        "2026-01-16T04:00:00Z, false",
        "2026-01-16T12:00:00Z, false",
    })
    void goesOverMidnightByTheClocksOfThePlace(Instant now, boolean open) {
        assertThat(NIGHT.contains(now)).isEqualTo(open);
        assertThat(gate(NIGHT, now, Map.of()).open()).isEqualTo(open);
    }

    @Test
    void mayHaveSeveralSpans() {
        Window window = Window.parse("12:00-12:30,22:00-23:00 UTC");
        assertThat(window.contains(Instant.parse("2026-01-15T12:29:59Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-01-15T12:30:00Z"))).isFalse();
        assertThat(window).hasToString("12:00-12:30,22:00-23:00 UTC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "22:00-05:00|no time zone",
                "22:00-05:00 Europe/Berlim|no time zone \"Europe/Berlim\"",
                "22-05 UTC|\"22-05\" is no span",
                "22:00-24:30 UTC|24 hours",
                "22:00-22:00 UTC|no time at all",
                "22:00-23:00, UTC|\"\" is no span",
            })
    void saysWhatIsWrongWithIt(String text, String complaint) {
        assertThatThrownBy(() -> Window.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void aReasonOpensItsOwnGateOnly() {
        Instant noon = Instant.parse("2026-01-15T12:00:00Z");
        assertThat(gate(NIGHT, noon, Map.of("window", "the shop is closed")))
                .returns(true, Gate::open)
                .satisfies(gate -> assertThat(gate.reason())
                        .contains(
                                "it is 13:00, the window is 22:00-05:00 Europe/Berlin", "waived: the shop is closed"));
        assertThat(gate(NIGHT, noon, Map.of("check", "it is fine")).open()).isFalse();
    }

    private static Gate gate(Window window, Instant now, Map<String, String> waived) {
        Permit permit = new Permit(
                Optional.of(window),
                Permit.SecondPerson.HIGH,
                Limits.DEFAULT,
                Throttles.NONE,
                waived,
                InstantSource.fixed(now));
        return permit.over(List.of(permit.windowGate())).getFirst();
    }
}
