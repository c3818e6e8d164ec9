package dev.godwit.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether two schemas are the same, as one word, and what differs, as a list.
///
/// What a snapshot leaves out (schema `godwit`, the version tables given to its reader, owners) is not in it either.
public final class Fingerprint {
    private Fingerprint() {}

    /// @return `sha256:…` over every object
    public static String of(CatalogSnapshot snapshot) {
        return digest(snapshot, object -> true);
    }

    /// For snapshots of two servers: roles belong to a server, so a staging may lack those that production grants to.
    public static String withoutGrants(CatalogSnapshot snapshot) {
        return digest(snapshot, object -> object.kind() != SchemaObject.Kind.GRANT);
    }

    private static String digest(CatalogSnapshot snapshot, Predicate<SchemaObject> counted) {
        MessageDigest sha256 = sha256();
        snapshot.objects().stream().filter(counted).forEach(object -> {
            add(sha256, object.kind().name());
            add(sha256, object.identity());
            add(sha256, object.definition());
        });
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    /// A NUL ends each part, which no part can hold.
    private static void add(MessageDigest digest, String part) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// @param before what was expected
    /// @param after what is there
    /// @return objects missing from, extra in or changed in `after`; empty exactly when the fingerprints are equal
    public static List<Difference> differences(CatalogSnapshot before, CatalogSnapshot after) {
        Map<String, SchemaObject> old = byIdentity(before);
        Map<String, SchemaObject> fresh = byIdentity(after);
        List<Difference> found = new ArrayList<>();
        old.forEach((key, object) -> {
            SchemaObject now = fresh.get(key);
            if (now == null) {
                found.add(alone(Difference.Change.MISSING, object));
            } else if (!now.equals(object)) {
                found.add(Difference.between(object, now));
            }
        });
        fresh.forEach((key, object) -> {
            if (!old.containsKey(key)) {
                found.add(alone(Difference.Change.EXTRA, object));
            }
        });
        return List.copyOf(found);
    }

    private static Difference alone(Difference.Change change, SchemaObject object) {
        return new Difference(change, object.kind(), object.identity(), List.of());
    }

    private static Map<String, SchemaObject> byIdentity(CatalogSnapshot snapshot) {
        return snapshot.objects().stream()
                .collect(Collectors.toMap(
                        object -> String.format("%02d ", object.kind().ordinal()) + object.identity(),
                        Function.identity(),
                        (first, second) -> {
                            throw new IllegalStateException("two objects are both " + first.identity());
                        },
                        TreeMap::new));
    }
}
