package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTest {
    @ParameterizedTest
    @CsvSource({
        "SELECT 3, 3",
        "INSERT 0 5, 5",
        "COPY 999999999999999999, 999999999999999999",
        "COPY 1000000000000000000, 0",
        "ALTER TABLE, 0",
        "MOVE -1, 0",
        "FETCH 1x, 0",
        "'SELECT ', 0",
        "'', 0",
        "7, 7"
    })
    void aTagEndsWithItsRowsOrHasNone(String tag, long rows) {
        assertThat(Tags.rows(tag)).isEqualTo(rows);
    }
}
