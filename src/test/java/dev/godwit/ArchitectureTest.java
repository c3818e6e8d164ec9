package dev.godwit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The one picture of ARCHITECTURE.md, executable: imports only go down, siblings never see each other.
class ArchitectureTest {
    /// Floor by floor, lowest first. A package that is in no floor fails the build.
    static final List<Set<String>> FLOORS = List.of(
            Set.of("problem", "text", "postgres"),
            Set.of("catalog", "source"),
            Set.of("statement"),
            Set.of("fact"),
            Set.of("lint", "plan"),
            Set.of("evidence", "db", "dsl"),
            Set.of("staging", "traffic", "throttle"),
            Set.of("execute", "gateway"),
            Set.of("command"),
            Set.of("rehearse", "apply", "watch"),
            Set.of("report"),
            Set.of("passage"),
            Set.of("demo"),
            Set.of("cli"));

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.godwit");

    @Test
    void everyPackageStandsOnAFloor() {
        Set<String> known = new TreeSet<>();
        FLOORS.forEach(known::addAll);
        Set<String> found = new TreeSet<>();
        PRODUCT.forEach(type -> found.add(floorName(type)));
        assertThat(PRODUCT).hasSizeGreaterThan(10);
        assertThat(known).containsAll(found);
    }

    @Test
    void importsOnlyGoDown() {
        Map<String, Set<String>> forbidden = new TreeMap<>();
        for (Set<String> floor : FLOORS) {
            for (String name : floor) {
                forbidden.put(name, atOrAbove(floor, name));
            }
        }
        forbidden.forEach((name, others) -> {
            String[] targets =
                    others.stream().map(o -> "dev.godwit." + o + "..").toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.godwit." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(targets))
                    .allowEmptyShould(true)
                    .check(PRODUCT);
        });
    }

    private static Set<String> atOrAbove(Set<String> floor, String name) {
        Set<String> others = new TreeSet<>();
        FLOORS.subList(FLOORS.indexOf(floor), FLOORS.size()).forEach(others::addAll);
        others.remove(name);
        return others;
    }

    @Test
    void onlyDbSeesJdbc() {
        noClasses()
                .that(resideOutsideOfPackages("dev.godwit.db.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."))
                .check(PRODUCT);
    }

    @Test
    void onlyStatementSeesTheParser() {
        noClasses()
                .that(resideOutsideOfPackages("dev.godwit.statement.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("com.dylibso.."))
                .check(PRODUCT);
    }

    @Test
    void onlyTheCompositionRootKnowsPicocliPrintsOrExits() {
        noClasses()
                .that(resideOutsideOfPackages("dev.godwit.cli.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("picocli.."))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(PRODUCT);
    }

    @Test
    void pureFloorsHaveNoClock() {
        noClasses()
                .that(resideInAnyPackage("dev.godwit.fact..", "dev.godwit.lint..", "dev.godwit.plan.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file.."))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void topLevelClassesAreFinalRecordsOrOpenOnPurpose() {
        classes()
                .that(resideInAnyPackage("dev.godwit.."))
                .should()
                .notHaveSimpleName("Util")
                .andShould()
                .notHaveSimpleName("Utils")
                .check(PRODUCT);
    }

    @Test
    void everyPackageSaysWhatItHoldsAndNeverDoes() throws IOException {
        for (String name : packagesOnDisk()) {
            String text = Files.readString(Path.of(name, "package-info.java"));
            assertThat(text).as(name).contains("@NullMarked");
            assertThat(text.lines().filter(line -> line.startsWith("///")))
                    .as(name + " has three lines: what it holds, what it imports, what it never does")
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void filesStayWithinFourHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
            }
        }
    }

    private static Set<String> packagesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Set<String> found = new TreeSet<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> found.add(String.valueOf(file.getParent())));
            return found;
        }
    }

    private static String floorName(JavaClass type) {
        String rest = type.getPackageName().substring("dev.godwit.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
