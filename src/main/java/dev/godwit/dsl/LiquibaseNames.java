package dev.godwit.dsl;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names that Liquibase writes without quotes, so that they are the same to PostgreSQL. All others stay in SQL: what
/// Liquibase quotes depends on the project's settings.
final class LiquibaseNames {
    /// Reserved, be it but as the name of a column or of a table: `pg_get_keywords()` of PostgreSQL 18, R and T.
    private static final Set<String> RESERVED = Stream.of(
                    "all analyse analyze and any array as asc asymmetric authorization binary both case cast check",
                    "collate collation column concurrently constraint create cross current_catalog current_date",
                    "current_role current_schema current_time current_timestamp current_user default deferrable desc",
                    "distinct do else end except false fetch for foreign freeze from full grant group having ilike",
                    "in initially inner intersect into is isnull join lateral leading left like limit localtime",
                    "localtimestamp natural not notnull null offset on only or order outer overlaps placing primary",
                    "references returning right select session_user similar some symmetric system_user table",
                    "tablesample then to trailing true union unique user using variadic verbose when where window with")
            .flatMap(line -> Stream.of(line.split(" ")))
            .collect(Collectors.toUnmodifiableSet());

    private LiquibaseNames() {}

    static boolean isPlain(String name) {
        return name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name);
    }

    static boolean isPlain(Name name) {
        return isPlain(name.name())
                && name.schema().map(LiquibaseNames::isPlain).orElse(true);
    }
}
