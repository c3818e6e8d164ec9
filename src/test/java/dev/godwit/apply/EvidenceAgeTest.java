package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.throttle.Throttles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidenceAgeTest {
    private static final Instant REHEARSED = Instant.parse("2026-01-15T12:00:00Z");

    private static Optional<String> tooOld(Evidence evidence, Duration later) {
        Permit permit = new Permit(
                Optional.empty(),
                Permit.SecondPerson.NEVER,
                Limits.DEFAULT,
                Throttles.NONE,
                Map.of(),
                InstantSource.fixed(REHEARSED.plus(later)));
        return permit.tooOld(evidence);
    }

    @Test
    void aRehearsalCountsForSevenDays() {
        Evidence evidence = DiskGateTest.evidence("sha256:d", REHEARSED);
        assertThat(tooOld(evidence, Duration.ofDays(7))).isEmpty();
        assertThat(tooOld(evidence, Duration.ofDays(9)))
                .contains("rehearsed 9 days ago, and evidence counts for 7 days");
        assertThat(tooOld(evidence, Duration.ofDays(-1))).isEmpty();
    }

    @Test
    void aFileOfAnEarlierGodwitTellsNeitherAgeNorPeak() {
        String json = EvidenceJson.write(DiskGateTest.evidence("sha256:d", REHEARSED));
        assertThat(json).contains("\"rehearsedAt\" : \"2026-01-15T12:00:00Z\"", "\"peakBytes\" : 1,");
        String earlier = json.lines()
                .filter(line -> !line.contains("rehearsedAt") && !line.contains("peakBytes"))
                .reduce("", (text, line) -> text + line + "\n");

        Evidence read = EvidenceJson.read(earlier);

        assertThat(read.peakBytes()).isEmpty();
        assertThat(tooOld(read, Duration.ZERO))
                .hasValueSatisfying(why -> assertThat(why).contains("does not tell when"));
        assertThat(EvidenceJson.read(json)).isEqualTo(DiskGateTest.evidence("sha256:d", REHEARSED));
    }
}
