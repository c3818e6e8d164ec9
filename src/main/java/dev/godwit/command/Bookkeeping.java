package dev.godwit.command;

import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.fact.RelationLock;
import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells what a framework says for itself from what its migration says.
final class Bookkeeping {
    private static final int ANY_MAJOR = 18;
    private static final Set<String> ASIDE =
            Set.of("VariableShowStmt", "DeallocateStmt", "DiscardStmt", "ListenStmt", "UnlistenStmt", "PrepareStmt");

    private final Set<QualifiedName> own;

    Bookkeeping(Set<QualifiedName> own) {
        this.own = Set.copyOf(own);
    }

    boolean is(ParsedStatement statement) {
        return switch (statement.statement()) {
            case Statement.Select _ -> true;
            case Statement.SetVariable _ -> true;
            case Statement.Other other when ASIDE.contains(other.nodeType()) -> true;
            case Statement _ -> touchesOnlyOwn(statement);
        };
    }

    private boolean touchesOnlyOwn(ParsedStatement statement) {
        Set<QualifiedName> touched = touched(statement.sql());
        return !touched.isEmpty() && own.containsAll(touched);
    }

    private static Set<QualifiedName> touched(String sql) {
        ParsedScript script = Scripts.parse(new SourceText("heard", sql));
        List<StatementFacts> facts =
                Facts.of(script, FactContext.plain(PostgresVersion.ofMajor(ANY_MAJOR), TransactionMode.NEVER));
        Set<QualifiedName> touched = new HashSet<>();
        for (StatementFacts fact : facts) {
            fact.locks().stream().map(RelationLock::relation).forEach(touched::add);
            touched.addAll(fact.creates());
            touched.addAll(fact.drops());
        }
        return touched;
    }
}
