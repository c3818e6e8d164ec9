package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            postgresql://ann@db.example:5433/shop,          postgresql://ann@db.example:5433/shop
            postgres://ann:s3cret@db.example/shop,          postgresql://ann@db.example:5432/shop
            postgresql://ann@[2001:db8::1]:5433/shop,       postgresql://ann@[2001:db8::1]:5433/shop
            postgresql://a%40b:p%2Fw@h/my%20shop,           postgresql://a%40b@h:5432/my%20shop
            postgresql:///shop?host=h&port=5499&user=ann,   postgresql://ann@h:5499/shop
            postgresql://ann@h/shop?sslmode=verify-full,    postgresql://ann@h:5432/shop?sslmode=verify-full
            postgresql://ann@h/shop?ssl=true,               postgresql://ann@h:5432/shop?sslmode=require
            postgresql://ann@h?dbname=shop&password=s3cret, postgresql://ann@h:5432/shop
            postgresql://ann@h/b%C3%BCcher,                 postgresql://ann@h:5432/b%C3%BCcher
            """)
    void readsTheFormsOfLibpq(String url, String display) {
        assertThat(parse(url, Map.of()).display()).isEqualTo(display);
    }

    @Test
    void fillsMissingPartsFromTheVariablesOfLibpq() {
        DatabaseUrl url = parse(
                "postgresql://",
                Map.of(
                        "PGHOST",
                        "h",
                        "PGPORT",
                        "5499",
                        "PGUSER",
                        "ann",
                        "PGDATABASE",
                        "shop",
                        "PGPASSWORD",
                        "pw",
                        "PGSSLMODE",
                        "require"));
        assertThat(url.display()).isEqualTo("postgresql://ann@h:5499/shop?sslmode=require");
        assertThat(url.password()).contains("pw");
    }

    @Test
    void prefersTheUrlToTheVariables() {
        DatabaseUrl url = parse(
                "postgresql://bob:own@other:1/db?sslmode=disable",
                Map.of("PGHOST", "h", "PGUSER", "ann", "PGPASSWORD", "pw", "PGSSLMODE", "require"));
        assertThat(url.display()).isEqualTo("postgresql://bob@other:1/db?sslmode=disable");
        assertThat(url.password()).contains("own");
    }

    @Test
    void takesTheDefaultsOfLibpq() {
        DatabaseUrl url = parse("postgresql://", Map.of());
        assertThat(url.host()).isEqualTo("localhost");
        assertThat(url.port()).isEqualTo(5432);
        assertThat(url.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(url.database()).isEqualTo(url.user());
    }

    @Test
    void namesTheDatabaseAsTheUserWhenOnlyTheUserIsGiven() {
        assertThat(parse("postgresql://ann@h", Map.of()).database()).isEqualTo("ann");
    }

    @Test
    void readsAVariableThatTheFileNames() {
        Map<String, String> environment = Map.of("PRODUCTION", "postgresql://ann:pw@h/shop");
        assertThat(parse("env:PRODUCTION", environment).display()).isEqualTo("postgresql://ann@h:5432/shop");
    }

    @Test
    void saysWhichVariableIsNotSet() {
        Problem problem = problemOf("env:PRODUCTION");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
        assertThat(problem.what()).contains("PRODUCTION").contains("not set");
        assertThat(problem.remedy()).contains("export PRODUCTION=");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://h/shop                | jdbc: URL
            jdbc:postgresql://h/s?password=s3cret   | jdbc: URL
            host=h dbname=shop password=s3cret      | not given as a postgresql:// URL
            mysql://ann:s3cret@h/shop               | not given as a postgresql:// URL
            postgresql://ann:s3cret@a,b/shop        | several hosts
            postgresql://ann:s3cret@h:99999/shop    | port
            postgresql://ann:s3c/ret@h/shop         | port
            postgresql://ann:s3cret@h:port/shop     | port
            postgresql://ann:s3cret%zz@h/shop       | two hex digits
            postgresql://ann:s3cret%2               | hex digits
            postgresql://ann:s3cret%00@h/shop       | %00
            postgresql://ann:s3cret%ff@h/shop       | not UTF-8
            postgresql://ann:s3cret@h/shop?pool=5   | pool
            postgresql://ann:s3cret@h/shop?service=x| service
            postgresql://ann:s3cret@h/shop?sslmode  | name=value
            postgresql://ann:s3cret@%2Ftmp/shop     | Unix socket
            postgresql:///shop?host=/tmp            | Unix socket
            """)
    void refusesWhatItCannotUseWithoutShowingThePassword(String url, String part) {
        GodwitException refused = catchThrowableOfType(GodwitException.class, () -> parse(url, Map.of()));
        assertThat(refused.problem().kind()).isEqualTo(Problem.Kind.USAGE);
        assertThat(refused.problem().what()).contains(part);
        assertThat(refused.problem().remedy()).isNotEmpty();
        assertThat(refused.problem() + " " + refused).doesNotContain("s3c").doesNotContain("ret@");
    }

    @Test
    void neverShowsThePassword() {
        DatabaseUrl url = parse("postgresql://ann:s3cret@h/shop?options=-c%20x%3Ds3cret", Map.of());
        assertThat(url.toString() + url.display() + url.withDatabase("other") + url.jdbcAddress())
                .doesNotContain("s3cret");
    }

    @Test
    void keepsServerAndLoginForAnotherDatabase() {
        DatabaseUrl url = parse("postgresql://ann:pw@h:1/shop?sslmode=require", Map.of());
        DatabaseUrl other = url.withDatabase("a b/c");
        assertThat(other.display()).isEqualTo("postgresql://ann@h:1/a%20b%2Fc?sslmode=require");
        assertThat(other.password()).contains("pw");
        assertThat(url.database()).isEqualTo("shop");
    }

    @Test
    void findsThePasswordInThePasswordFile() throws IOException {
        passwordFile("rw-------");
        assertThat(parse("postgresql://ann@h:5433/shop", Map.of()).password()).contains("first:one\\");
        assertThat(parse("postgresql://ann@other/shop", Map.of()).password()).contains("any");
        assertThat(parse("postgresql://bob@h/shop", Map.of()).password()).isEmpty();
        assertThat(parse("postgresql://ann:own@h:5433/shop", Map.of()).password())
                .contains("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
    void leavesAPasswordFileThatOthersMayRead(String permissions) throws IOException {
        passwordFile(permissions);
        DatabaseUrl url = parse("postgresql://ann@h:5433/shop", Map.of());
        assertThat(url.password()).isEmpty();
        assertThat(url.passwordNote()).contains("chmod 600");
    }

    @Test
    void takesThePasswordFileThatAVariableNames() throws IOException {
        Path file = Files.move(passwordFile("rw-------"), home.resolve("elsewhere"));
        DatabaseUrl url = parse("postgresql://ann@h:5433/shop", Map.of("PGPASSFILE", file.toString()));
        assertThat(url.password()).contains("first:one\\");
    }

    @Test
    void refusesAServiceFromTheUrlInsteadOfIgnoringIt() {
        assertThatThrownBy(() -> parse("postgresql://?service=production", Map.of()))
                .hasMessageContaining("service");
    }

    private Path passwordFile(String permissions) throws IOException {
        Path file = Files.writeString(home.resolve(".pgpass"), """
                # comment
                #h:5433:shop:ann:commented
                h:5433:shop:ann:first\\:one\\\\
                h:*:shop:ann:second
                *:*:*:ann:any
                """);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Problem problemOf(String url) {
        return catchThrowableOfType(GodwitException.class, () -> DatabaseUrl.parse(url, Map.of()))
                .problem();
    }

    private DatabaseUrl parse(String url, Map<String, String> environment) {
        Map<String, String> withHome = new HashMap<>(environment);
        withHome.put("HOME", home.toString());
        return DatabaseUrl.parse(url, withHome);
    }
}
