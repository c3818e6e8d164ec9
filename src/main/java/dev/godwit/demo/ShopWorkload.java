package dev.godwit.demo;

import dev.godwit.db.Session;
import dev.godwit.traffic.Operation;
import dev.godwit.traffic.Workload;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// What the shop's users do: look at an order, list a customer's orders, move an order on, place an order. It names its
/// columns, as application code does, so a new column does not touch it.
final class ShopWorkload implements Workload {
    private static final String ORDER = """
            SELECT o.id, o.status, o.total_cents, c.email
            FROM orders o JOIN customers c ON c.id = o.customer_id
            WHERE o.id = ?""";
    private static final String ORDERS_OF_CUSTOMER = """
            SELECT id, status, total_cents, placed_at FROM orders WHERE customer_id = ? ORDER BY id DESC LIMIT 10""";
    private static final String MOVE_ON = "UPDATE orders SET status = 'shipped' WHERE id = ?";
    private static final String PLACE = """
            WITH placed AS (
                INSERT INTO orders (customer_id, country, total_cents) VALUES (?, 'DE', 4200) RETURNING id)
            INSERT INTO order_lines (order_id, sku, quantity, price_cents)
            SELECT id, 'SKU-1', 1, 4200 FROM placed""";

    private final long orders;
    private final long customers;
    private final AtomicLong placed = new AtomicLong();

    /// @param orders how many there were when the shop opened, numbered from 1
    ShopWorkload(long orders) {
        this.orders = orders;
        this.customers = Math.max(1, orders / 10);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new Request(
                        "order by number",
                        2,
                        (session, random) -> session.query(ORDER, row -> row.text("status"), anyOrder(random))),
                new Request(
                        "orders of a customer",
                        1,
                        (session, random) ->
                                session.query(ORDERS_OF_CUSTOMER, row -> row.number("id"), anyCustomer(random))),
                new Request("move an order on", 1, (session, random) -> session.update(MOVE_ON, anyOrder(random))),
                new Request("place an order", 1, (session, random) -> {
                    session.update(PLACE, anyCustomer(random));
                    placed.incrementAndGet();
                }));
    }

    /// @return orders placed and confirmed, each of which the database must still have
    long placed() {
        return placed.get();
    }

    private long anyOrder(SplittableRandom random) {
        return random.nextLong(1, orders + 1);
    }

    private long anyCustomer(SplittableRandom random) {
        return random.nextLong(1, customers + 1);
    }

    @FunctionalInterface
    private interface Body {
        void run(Session session, SplittableRandom random);
    }

    private record Request(String name, int weight, Body body) implements Operation {
        @Override
        public void run(Session session, SplittableRandom random) {
            body.run(session, random);
        }
    }
}
