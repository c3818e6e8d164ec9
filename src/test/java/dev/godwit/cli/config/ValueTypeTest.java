package dev.godwit.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.text.DurationText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
    @Test
    void readsTimesAsPeopleWriteThem() {
        assertThat(List.of("500ms", "30s", "5m", "1h30m", "2d", "0.5s", " 5m "))
                .extracting(DurationText::parse)
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(90),
                        Duration.ofDays(2),
                        Duration.ofMillis(500),
                        Duration.ofMinutes(5));
        for (String wrong : List.of("", "5", "m", "5 minutes", "-5m", "5mm", "0s", "1e3s", "99999999999s")) {
            assertThatThrownBy(() -> DurationText.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsTablesWithAndWithoutASchema() {
        assertThat(new ValueType.Table().parse("versions")).isEqualTo(QualifiedName.inPublic("versions"));
        assertThat(new ValueType.Table().parse("App.Versions")).isEqualTo(new QualifiedName("App", "Versions"));
    }

    @Test
    void hidesEveryPasswordHoweverItIsWritten() {
        for (String url : List.of(
                "postgresql://app:hunter2@db/shop",
                "postgresql://:hunter2@db/shop",
                "postgres://app:hun@ter2/hunter2@db:5432/shop",
                "postgres://a@b:hunter2@db/shop",
                "postgresql://app:x?hunter2@db/shop",
                "postgresql://app:x#hunter2@db/shop",
                "postgresql://db/shop?user=app&password=hunter2&sslmode=require",
                "postgresql://db/shop?sslpassword=hunter2",
                "host=db password=hunter2 dbname=shop",
                "host=db password = 'hunter2 \\' hunter2' dbname=shop")) {
            assertThat(Secrets.mask(url)).contains(Secrets.MASK).doesNotContain("hunter2", "ter2");
            assertThat(Secrets.without(url)).doesNotContain("hunter2", "ter2", Secrets.MASK);
            assertThat(Secrets.holds(url)).isTrue();
        }
    }

    @Test
    void showsWhatIsNoSecret() {
        for (String url : List.of(
                "postgresql://app@db:5432/shop?sslmode=require",
                "postgresql:///shop",
                "postgresql://app@[::1]:5432/shop",
                "env:PRODUCTION_URL")) {
            assertThat(Secrets.mask(url)).isEqualTo(url);
            assertThat(Secrets.holds(url)).isFalse();
        }
    }

    @Test
    void givesEveryKeyAPlaceInTheReference() {
        assertThat(Keys.reference().lines()).hasSize(Keys.ALL.size() + 2);
        assertThat(Keys.reference()).contains("| `fail_on` | `GODWIT_FAIL_ON` | `--fail-on` | `error` |");
        assertThat(Keys.names()).doesNotHaveDuplicates();
    }
}
