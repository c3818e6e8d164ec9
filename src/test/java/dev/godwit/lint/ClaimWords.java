package dev.godwit.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `proof.properties` claims, as sentences for a reader.
record ClaimWords(RuleCase rule) {
    List<String> sentences() {
        List<String> found = new ArrayList<>();
        claim("work").ifPresent(work -> found.add(work(work)));
        claim("fails").ifPresent(state -> found.add("bad.sql fails with SQLSTATE " + state + "; good.sql runs."));
        claim("breaks")
                .ifPresent(query -> found.add(code(query) + " runs before bad.sql and fails after it with SQLSTATE "
                        + claim("sqlstate").orElseThrow() + "; after good.sql it still runs."));
        claim("blocks")
                .ifPresent(sql -> found.add("While bad.sql has its locks, " + code(sql)
                        + " of another session waits for them; while good.sql has its own it does not."));
        claim("reads")
                .ifPresent(sql -> found.add("After bad.sql, " + code(sql) + " reads every row of " + table()
                        + "; after good.sql it does not."));
        sequel().ifPresent(found::add);
        seen("shows", "").ifPresent(found::add);
        seen("left", ", asked by another session,").ifPresent(found::add);
        claim("always")
                .ifPresent(condition -> found.add("To others, " + code(condition)
                        + " is false for a while during bad.sql, and always true during good.sql."));
        claim("again")
                .ifPresent(state -> found.add(
                        "A second run of bad.sql fails with SQLSTATE " + state + "; one of good.sql does not."));
        return found;
    }

    private Optional<String> claim(String key) {
        return rule.claim(key);
    }

    private static String code(String sql) {
        return "`" + sql + "`";
    }

    private String table() {
        return rule.relation("relation").map(name -> code(name.toString())).orElse("the table");
    }

    private String work(String work) {
        return switch (work) {
            case "scan" -> held() + " while every row is read; good.sql never does.";
            case "rewrite" -> held() + " while the table is written anew; good.sql never does.";
            case "outlasts" -> held() + " while a further statement runs; good.sql never does.";
            case "none" -> held() + "; good.sql never does.";
            case "change" -> "bad.sql changes every row of " + table() + " in one transaction; good.sql never does.";
            case "loss" -> "After bad.sql rows are gone; after good.sql all are there.";
            case "harmless" -> "bad.sql blocks neither reads nor writes of " + table() + "; good.sql does.";
            default -> "bad.sql: " + work + "; good.sql: not so.";
        };
    }

    private String held() {
        List<String> tables = new ArrayList<>();
        tables.add(table());
        rule.relation("also").ifPresent(other -> tables.add(code(other.toString())));
        rule.together().forEach(other -> tables.add(code(other.toString())));
        String lock = claim("lock").orElse("lock");
        String article = "AE".indexOf(lock.charAt(0)) >= 0 ? "an " : "a ";
        return "bad.sql holds " + article + lock + " lock on " + String.join(" and ", tables);
    }

    private Optional<String> sequel() {
        if (claim("then.bad").isEmpty()) {
            return Optional.empty();
        }
        String bad = claim("then")
                .or(() -> claim("then.sql.bad"))
                .map(ClaimWords::code)
                .orElseThrow();
        String good = claim("then")
                .map(_ -> "it")
                .or(() -> claim("then.sql.good").map(ClaimWords::code))
                .orElseThrow();
        return Optional.of("After bad.sql, " + bad + " " + ends("then.bad") + "; after good.sql, " + good + " "
                + ends("then.good") + ".");
    }

    private String ends(String key) {
        String end = claim(key).orElseThrow();
        return end.equals("ok") ? "runs" : "fails with SQLSTATE " + end.replace(",", " or ");
    }

    private Optional<String> seen(String key, String by) {
        return claim(key)
                .map(query -> code(query) + by + " says `" + claim(key + ".bad").orElseThrow() + "` after bad.sql and `"
                        + claim(key + ".good").orElseThrow() + "` after good.sql.");
    }
}
