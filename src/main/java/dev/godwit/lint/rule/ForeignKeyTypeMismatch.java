package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ColumnModel;
import dev.godwit.fact.ConstraintModel;
import dev.godwit.fact.ConstraintModel.Kind;
import dev.godwit.fact.Narrowing;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// A reference that cannot hold all that it may have to refer to.
@AutoService(Rule.class)
public final class ForeignKeyTypeMismatch implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-type-mismatch",
            23,
            Severity.WARNING,
            Scope.EVERYTHING,
            "A foreign key between columns of different types.",
            "The narrower column cannot store the keys that the other one will have, so inserts fail with SQLSTATE 22003 one day; and each comparison converts.",
            "Give the referencing column the type of the referenced one.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /// Types that a foreign key may mix, and that people do mix by mistake.
    private static final Set<String> COMPARED = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (facts.statement().statement() instanceof Statement.CreateTable create) {
            return created(facts, create);
        }
        List<Finding> found = new ArrayList<>(Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> add.constraint() instanceof Constraint.ForeignKey key
                        ? mismatch(facts, table, key, column -> ofTable(facts, table, column))
                        : Optional.empty()));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) -> add.column()
                        .constraint(Constraint.ForeignKey.class)
                        .flatMap(key -> mismatch(
                                facts, table, key, _ -> Optional.of(add.column().type())))));
        return found;
    }

    private static List<Finding> created(StatementFacts facts, Statement.CreateTable create) {
        Map<String, TypeName> types = new HashMap<>();
        create.columns().forEach(column -> types.put(column.name(), column.type()));
        return Stream.concat(
                        create.constraints().stream(),
                        create.columns().stream().flatMap(column -> column.constraints().stream()))
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(Constraint.ForeignKey.class::cast)
                .flatMap(key -> mismatch(facts, create.name(), key, column -> Optional.ofNullable(types.get(column)))
                        .map(finding -> finding.in(facts.statement().span()))
                        .stream())
                .toList();
    }

    private static Optional<TypeName> ofTable(StatementFacts facts, QualifiedName table, String column) {
        return facts.relation(table).flatMap(found -> found.column(column)).flatMap(ColumnModel::type);
    }

    private static Optional<Finding> mismatch(
            StatementFacts facts,
            QualifiedName table,
            Constraint.ForeignKey key,
            Function<String, Optional<TypeName>> types) {
        List<String> referenced = referenced(facts, key);
        for (int i = 0; i < Math.min(referenced.size(), key.columns().size()); i++) {
            String column = key.columns().get(i);
            Optional<TypeName> from = types.apply(column).filter(ForeignKeyTypeMismatch::isCompared);
            Optional<TypeName> to =
                    ofTable(facts, key.references(), referenced.get(i)).filter(ForeignKeyTypeMismatch::isCompared);
            if (from.isPresent()
                    && to.isPresent()
                    && !from.get().name().equals(to.get().name())) {
                return Optional.of(finding(
                        new Side(table, column, from.get()), new Side(key.references(), referenced.get(i), to.get())));
            }
        }
        return Optional.empty();
    }

    private static boolean isCompared(TypeName type) {
        return COMPARED.contains(type.name()) && type.schema().isEmpty() && !type.array();
    }

    private static List<String> referenced(StatementFacts facts, Constraint.ForeignKey key) {
        return key.referencedColumns().isEmpty()
                ? facts.relation(key.references()).stream()
                        .flatMap(table -> table.constraints().values().stream())
                        .filter(constraint -> constraint.kind() == Kind.PRIMARY_KEY)
                        .findFirst()
                        .map(ConstraintModel::keyColumns)
                        .orElse(List.of())
                : key.referencedColumns();
    }

    /// One end of a foreign key.
    private record Side(QualifiedName table, String column, TypeName type) {
        @Override
        public String toString() {
            return table + "." + column + " (" + type + ")";
        }
    }

    private static Finding finding(Side from, Side to) {
        String fails = Narrowing.refuses(to.type(), from.type())
                ? ": a key that is too large for " + from.type() + " cannot be referred to (SQLSTATE 22003)."
                : ": each comparison converts one of them.";
        return Finding.at(new Span(0, 0), INFO, from + " refers to " + to + ", another type" + fails)
                .on(from.table())
                .help("Make " + Wording.sql(from.column()) + " a " + to.type() + " before there are rows to convert.");
    }
}
