package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Locale;

/// One object of a schema as the DDL that makes it: the unit of fingerprint, difference and rebuilding.
///
/// @param identity unique within its kind, parts quoted where they must be: `public.orders`, `public."Odd".id`
/// @param definition SQL that makes the object where what it needs is there, names qualified, free of OIDs
public record SchemaObject(Kind kind, String identity, String definition) implements Comparable<SchemaObject> {
    private static final Comparator<SchemaObject> ORDER =
            Comparator.comparing(SchemaObject::kind).thenComparing(SchemaObject::identity);

    /// In the order in which a schema is best made: most needs come before their users.
    public enum Kind {
        SCHEMA,
        EXTENSION,
        COLLATION,
        TYPE,
        SEQUENCE,
        TABLE,
        FUNCTION,
        AGGREGATE,
        OPERATOR,
        CAST,
        TEXT_SEARCH,
        /// Storage, compression, statistics target, options of one column.
        COLUMN_SETTING,
        DEFAULT,
        SEQUENCE_OWNER,
        CHECK,
        /// ATTACH PARTITION.
        PARTITION,
        VIEW,
        /// From here on an object is made after the rows are loaded: it is filled from them, or is faster so.
        MATERIALIZED_VIEW,
        INDEX,
        CONSTRAINT,
        INDEX_PARTITION,
        FOREIGN_KEY,
        STATISTICS,
        TRIGGER,
        RULE,
        POLICY,
        /// Row security flags, replica identity, CLUSTER ON, disabled triggers and rules.
        TABLE_SETTING,
        EVENT_TRIGGER,
        PUBLICATION,
        COMMENT,
        GRANT;

        /// @return the kind in words: `materialized view`
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /// @return whether it is made after the rows are loaded
        public boolean postData() {
            return compareTo(MATERIALIZED_VIEW) >= 0;
        }
    }

    public SchemaObject {
        requireNonNull(kind);
        requireNonNull(identity);
        requireNonNull(definition);
    }

    @Override
    public int compareTo(SchemaObject other) {
        return ORDER.compare(this, other);
    }
}
