package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.catalog.Profile;
import dev.godwit.catalog.ProfileJson;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {
    private static String json(Profile profile) {
        StringWriter out = new StringWriter();
        ProfileJson.write(profile, out);
        return out.toString();
    }

    private static Profile parsed(String json) {
        return ProfileJson.read(new StringReader(json), "profile.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void comesBackFromItsFileAsItWasReadOnEveryMajor(int major) {
        try (Session session = TestSessions.fresh(major)) {
            session.execute(TestSessions.richSchema());
            Profile profile = ProfileReader.read(session, Set.of("20261123", "1"));
            assertThat(parsed(json(profile))).isEqualTo(profile);
            assertThat(json(ProfileReader.read(session, Set.of("1", "20261123"))))
                    .isEqualTo(json(profile));
            assertThat(profile.catalog().version().major()).isEqualTo(major);
            assertThat(profile.settings()).containsKeys("lock_timeout", "TimeZone", "wal_level");
            assertThat(profile.catalog().objects())
                    .filteredOn(object -> object.kind() == SchemaObject.Kind.FUNCTION)
                    .isNotEmpty();
        }
    }

    @Test
    void holdsNoValueOfAnyRow() {
        try (Session session = TestSessions.fresh(18)) {
            session.execute("CREATE TABLE people (id int PRIMARY KEY, name text);"
                    + " INSERT INTO people SELECT n, 'Miriam Adeyemi' FROM generate_series(1, 1000) n;"
                    + " CREATE STATISTICS people_stat (mcv) ON id, name FROM people; ANALYZE people");
            String json = json(ProfileReader.read(session, Set.of()));
            assertThat(json)
                    .contains("public.people", "\"estimatedRows\" : 1000")
                    .doesNotContain("Miriam");
        }
    }

    @Test
    void aColumnIsOneLineAndANameSaysWhereItNeedsQuotes() {
        try (Session session = TestSessions.fresh(18)) {
            session.execute("CREATE TABLE \"a\"\"; drop --\" (id int, \"größe\" text NOT NULL)");
            Profile profile = ProfileReader.read(session, Set.of());
            String json = json(profile);
            assertThat(json.lines().filter(line -> line.contains("\"größe\"") && line.contains("\"type\" : \"text\"")))
                    .hasSize(1);
            assertThat(parsed(json).catalog().table(QualifiedName.inPublic("a\"; drop --")))
                    .isEqualTo(profile.catalog().table(QualifiedName.inPublic("a\"; drop --")))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"format\": 2, \"postgres\": \"18.1\"}", "{\"format\": 1, \"postgres\": \"x\"}"
            })
    void whatIsNoProfileOfTodayIsRefusedWithItsName(String text) {
        assertThatThrownBy(() -> parsed(text)).isInstanceOfSatisfying(GodwitException.class, failure -> {
            assertThat(failure.problem().where()).contains("profile.json");
            assertThat(failure.problem().remedy()).contains("godwit profile");
        });
    }
}
