package dev.godwit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.postgres.PostgresVersion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final SchemaObject ORDERS = new SchemaObject(
            SchemaObject.Kind.TABLE,
            "public.orders",
            "CREATE TABLE public.orders (\n    id bigint,\n    total numeric\n)");
    private static final SchemaObject INDEX = new SchemaObject(
            SchemaObject.Kind.INDEX, "public.orders_total", "CREATE INDEX orders_total ON public.orders (total)");
    private static final SchemaObject GRANT =
            new SchemaObject(SchemaObject.Kind.GRANT, "TABLE public.orders to app", "GRANT SELECT ON …");

    @Test
    void doesNotDependOnTheOrderOfReading() {
        assertThat(Fingerprint.of(snapshot(ORDERS, INDEX))).isEqualTo(Fingerprint.of(snapshot(INDEX, ORDERS)));
    }

    @Test
    void dependsOnEveryPartOfAnObject() {
        String fingerprint = Fingerprint.of(snapshot(ORDERS));
        SchemaObject otherIdentity = new SchemaObject(ORDERS.kind(), "public.order", ORDERS.definition());
        SchemaObject otherKind = new SchemaObject(SchemaObject.Kind.VIEW, ORDERS.identity(), ORDERS.definition());
        SchemaObject otherText = new SchemaObject(ORDERS.kind(), ORDERS.identity(), ORDERS.definition() + " ");
        assertThat(fingerprint).matches("sha256:[0-9a-f]{64}");
        assertThat(List.of(otherIdentity, otherKind, otherText))
                .allSatisfy(other -> assertThat(Fingerprint.of(snapshot(other))).isNotEqualTo(fingerprint));
    }

    @Test
    void canLeaveGrantsOut() {
        assertThat(Fingerprint.withoutGrants(snapshot(ORDERS, GRANT))).isEqualTo(Fingerprint.of(snapshot(ORDERS)));
        assertThat(Fingerprint.of(snapshot(ORDERS, GRANT))).isNotEqualTo(Fingerprint.of(snapshot(ORDERS)));
    }

    @Test
    void saysWhatIsMissingAndWhatIsExtra() {
        assertThat(Fingerprint.differences(snapshot(ORDERS, INDEX), snapshot(ORDERS, GRANT)))
                .extracting(Difference::describe)
                .containsExactly("index public.orders_total is missing", "grant TABLE public.orders to app is extra");
    }

    @Test
    void showsTheLinesThatChanged() {
        SchemaObject after = new SchemaObject(
                ORDERS.kind(),
                ORDERS.identity(),
                "CREATE TABLE public.orders (\n    id bigint,\n    total numeric NOT NULL,\n    region text\n)");
        assertThat(Fingerprint.differences(snapshot(ORDERS), snapshot(after)))
                .extracting(Difference::describe)
                .containsExactly(
                        "table public.orders changed: - total numeric; + total numeric NOT NULL;" + " + region text");
    }

    @Test
    void saysWhenOnlyTheOrderChanged() {
        SchemaObject after = new SchemaObject(
                ORDERS.kind(), ORDERS.identity(), "CREATE TABLE public.orders (\n    total numeric,\n    id bigint\n)");
        assertThat(Fingerprint.differences(snapshot(ORDERS), snapshot(after)))
                .extracting(Difference::describe)
                .containsExactly("table public.orders changed: the same lines in another order");
    }

    @Test
    void findsNothingBetweenEqualSchemas() {
        assertThat(Fingerprint.differences(snapshot(ORDERS, INDEX), snapshot(INDEX, ORDERS)))
                .isEmpty();
    }

    @Test
    void refusesTwoObjectsOfOneName() {
        assertThatThrownBy(() -> Fingerprint.differences(snapshot(ORDERS, ORDERS), snapshot()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static CatalogSnapshot snapshot(SchemaObject... objects) {
        return new CatalogSnapshot(PostgresVersion.ofMajor(15), List.of(), Arrays.asList(objects));
    }
}
