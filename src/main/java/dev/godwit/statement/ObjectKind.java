package dev.godwit.statement;

import java.util.Locale;

/// The kinds of object that statements name and that a decision can depend on.
public enum ObjectKind {
    TABLE,
    FOREIGN_TABLE,
    INDEX,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    COLUMN,
    /// Of a composite type.
    ATTRIBUTE,
    TABLE_CONSTRAINT,
    TRIGGER,
    RULE,
    POLICY,
    STATISTICS,
    SCHEMA,
    TYPE,
    DOMAIN,
    FUNCTION,
    OTHER;

    /// @param tag the parse tree's `OBJECT_…`
    static ObjectKind of(String tag) {
        return switch (tag) {
            case "OBJECT_TABLE" -> TABLE;
            case "OBJECT_FOREIGN_TABLE" -> FOREIGN_TABLE;
            case "OBJECT_INDEX" -> INDEX;
            case "OBJECT_VIEW" -> VIEW;
            case "OBJECT_MATVIEW" -> MATERIALIZED_VIEW;
            case "OBJECT_SEQUENCE" -> SEQUENCE;
            case "OBJECT_COLUMN" -> COLUMN;
            case "OBJECT_ATTRIBUTE" -> ATTRIBUTE;
            case "OBJECT_TABCONSTRAINT" -> TABLE_CONSTRAINT;
            case "OBJECT_TRIGGER" -> TRIGGER;
            case "OBJECT_RULE" -> RULE;
            case "OBJECT_POLICY" -> POLICY;
            case "OBJECT_STATISTIC_EXT" -> STATISTICS;
            case "OBJECT_SCHEMA" -> SCHEMA;
            case "OBJECT_TYPE" -> TYPE;
            case "OBJECT_DOMAIN" -> DOMAIN;
            case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE" -> FUNCTION;
            default -> OTHER;
        };
    }

    /// Is it in `pg_class`, and so something that `LOCK` can name?
    public boolean isRelation() {
        return switch (this) {
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE -> true;
            case COLUMN, TABLE_CONSTRAINT, TRIGGER, RULE, POLICY, STATISTICS -> false;
            case ATTRIBUTE, SCHEMA, TYPE, DOMAIN, FUNCTION, OTHER -> false;
        };
    }

    /// Is it a part of a relation, named together with it?
    public boolean isMember() {
        return switch (this) {
            case COLUMN, TABLE_CONSTRAINT, TRIGGER, RULE, POLICY -> true;
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE -> false;
            case ATTRIBUTE, STATISTICS, SCHEMA, TYPE, DOMAIN, FUNCTION, OTHER -> false;
        };
    }

    /// @return the words of `DROP …`
    public String sql() {
        return name().replace('_', ' ');
    }

    /// @return the words in a sentence
    public String words() {
        return sql().toLowerCase(Locale.ROOT);
    }
}
