package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Names that people type and versions that machines sort.
class NamesTest {
    @Test
    void turnsWhatPeopleTypeIntoSnakeCase() {
        assertThat(List.of(
                        "Add Orders-Region",
                        "addOrdersRegion",
                        "add_orders_region",
                        "AddOrdersRegion!",
                        " add orders.region "))
                .allSatisfy(typed -> assertThat(NewName.snakeCase(typed)).isEqualTo("add_orders_region"));
        assertThat(NewName.snakeCase("größe ändern")).isEqualTo("gro_e_andern");
        assertThat(NewName.snakeCase("addHTTPHeader2Orders")).isEqualTo("add_http_header2_orders");
    }

    @Test
    void refusesANameOfWhichNothingIsLeftOrThatIsTooLong() {
        assertThatThrownBy(() -> NewName.snakeCase("../..")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> NewName.snakeCase("")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> NewName.snakeCase("a".repeat(181))).isInstanceOf(GodwitException.class);
    }

    @Test
    void sortsDigitsAsNumbersAndTheRestAsText() {
        List<String> versions =
                new ArrayList<>(List.of("10", "2", "1.10", "1.9", "b1", "a2", "001", "1", "99999999999999999999"));
        versions.sort(Versions.ORDER);
        assertThat(versions).containsExactly("001", "1", "1.9", "1.10", "2", "10", "99999999999999999999", "a2", "b1");
    }

    @Test
    void ordersVersionsWithoutContradiction() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String a = version(random);
            String b = version(random);
            String c = version(random);
            assertThat(Integer.signum(Versions.ORDER.compare(a, b)))
                    .isEqualTo(-Integer.signum(Versions.ORDER.compare(b, a)));
            assertThat(Versions.ORDER.compare(a, b) == 0).isEqualTo(a.equals(b));
            if (Versions.ORDER.compare(a, b) < 0 && Versions.ORDER.compare(b, c) < 0) {
                assertThat(Versions.ORDER.compare(a, c))
                        .as("%s < %s < %s", a, b, c)
                        .isNegative();
            }
        }
    }

    private static String version(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(1, 6);
        for (int i = 0; i < length; i++) {
            text.append("0129a.".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    @Test
    void findsTheNameThatWasMeant() {
        List<String> known = List.of("migrations", "framework", "fail_on", "stall_budget");
        assertThat(Nearest.of("migratoins", known)).contains("migrations");
        assertThat(Nearest.of("fail-on", known)).contains("fail_on");
        assertThat(Nearest.of("Stall", known)).contains("stall_budget");
        assertThat(Nearest.of("password", known)).isEmpty();
        assertThat(Nearest.of("", known)).isEmpty();
    }

    @Test
    void countsEditsAndSwaps() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("abdc", "abcd")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }
}
