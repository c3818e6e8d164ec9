package dev.godwit.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The demo's project: a directory with migrations, as a user's would be. It is removed when this is closed, unless it
/// is to be kept.
final class DemoProject implements AutoCloseable {
    static final List<String> ADDRESSES = List.of(
            "migrations/20261122090000_create_customer_addresses.up.sql",
            "migrations/20261122090000_create_customer_addresses.down.sql");
    static final List<String> NAIVE =
            List.of("naive/20261122100000_add_orders_region.up.sql", "naive/20261122100000_add_orders_region.down.sql");
    static final List<String> SAFE = List.of(
            "safe/20261122110000_add_orders_region_1_expand.up.sql",
            "safe/20261122110000_add_orders_region_1_expand.down.sql",
            "safe/20261122110100_add_orders_region_2_backfill.up.sql",
            "safe/20261122110100_add_orders_region_2_backfill.down.sql",
            "safe/20261122110200_add_orders_region_3_index.up.sql",
            "safe/20261122110200_add_orders_region_3_index.down.sql",
            "safe/20261122110300_add_orders_region_4_not_null.sql");

    private final Path root;
    private final boolean keep;

    DemoProject(boolean keep) {
        this.keep = keep;
        try {
            this.root = Files.createTempDirectory("godwit-demo-");
            Files.createDirectories(root.resolve("migrations"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    void add(List<String> resources) {
        for (String resource : resources) {
            try {
                Files.writeString(file(resource), Shop.resource(resource));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void remove(List<String> resources) {
        for (String resource : resources) {
            try {
                Files.deleteIfExists(file(resource));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path file(String resource) {
        return root.resolve("migrations").resolve(resource.substring(resource.indexOf('/') + 1));
    }

    @Override
    public void close() {
        if (keep) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
