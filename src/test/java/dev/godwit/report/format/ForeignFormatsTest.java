package dev.godwit.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.godwit.lint.CheckFile;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.FailOn;
import dev.godwit.lint.Linter;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The formats that other programs read, on names and texts that try to break out of them.
class ForeignFormatsTest {
    private static final String HOSTILE = """
            ALTER TABLE "<img src=x>]]>" DROP COLUMN "@everyone ```
            ::error::% , : |";
            -- \u0001\f a control character
            CREATE INDEX "a\u0001b" ON orders ("😀");
            """;

    private static CheckResult check(String name, String... sql) {
        return check(FailOn.ERROR, name, sql);
    }

    private static CheckResult check(FailOn failOn, String name, String... sql) {
        List<CheckFile> files = IntStream.range(0, sql.length)
                .mapToObj(i -> CheckFile.of(
                        Scripts.parse(new SourceText(i == 0 ? name : i + name, sql[i])), TransactionMode.NEVER))
                .toList();
        return Linter.check(files, CheckOptions.defaults().failOn(failOn));
    }

    private static String render(String format, CheckResult result) {
        return ReportFormats.render(ReportFormats.load().named(format), result, Paint.NONE);
    }

    private static List<Error> sarifErrors(String document) throws Exception {
        try (InputStream schema = ForeignFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema)
                    .validate(document, InputFormat.JSON);
        }
    }

    @Test
    void sarifIsValidAgainstItsSchema() throws Exception {
        assertThat(sarifErrors(render("sarif", check("db/1 a.sql", HOSTILE, "SELECT 1", "SELEC"))))
                .isEmpty();
        assertThat(sarifErrors("{\"version\":\"2.1.0\"}")).isNotEmpty();
    }

    @Test
    void sarifEscapesNamesOfFilesAndNamesTheFix() {
        JsonNode results = JsonMapper.shared()
                .readTree(render("sarif", check("db/a b:ü%.sql", HOSTILE)))
                .at("/runs/0/results");
        assertThat(results.at("/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asString())
                .isEqualTo("./db/a%20b:%C3%BC%25.sql");
        assertThat(results.at("/1/fixes/0/artifactChanges/0/replacements/0/insertedContent/text")
                        .asString())
                .startsWith("CREATE INDEX CONCURRENTLY");
        assertThat(Uris.of("/tmp/a b.sql")).isEqualTo("file:///tmp/a%20b.sql");
    }

    @Test
    void fingerprintsSurviveMovedLinesAndTellTwinsApart() {
        String drop = "DROP TABLE orders;\n";
        List<String> before = fingerprints(drop + drop);
        assertThat(before).hasSize(2).doesNotHaveDuplicates();
        assertThat(fingerprints("-- a line above\n\n" + drop + drop)).isEqualTo(before);
    }

    private static List<String> fingerprints(String sql) {
        return Stream.of(JsonMapper.shared().readTree(render("gitlab", check("1.sql", sql))))
                .flatMap(JsonNode::valueStream)
                .map(issue -> issue.get("fingerprint").asString())
                .toList();
    }

    @Test
    void gitlabSaysWhatItsReportNeeds() {
        JsonNode issue = JsonMapper.shared()
                .readTree(render("gitlab", check("db/1.sql", HOSTILE)))
                .get(0);
        assertThat(issue.propertyNames())
                .containsExactlyInAnyOrder("description", "check_name", "fingerprint", "severity", "location");
        assertThat(issue.get("severity").asString()).isEqualTo("critical");
        assertThat(issue.at("/location/lines/begin").asInt()).isEqualTo(1);
        assertThat(JsonMapper.shared().readTree(render("gitlab", check("1.sql", "SELECT 1"))))
                .isEmpty();
    }

    @Test
    void aFindingIsOneCommandOfGithubWhateverIsInIt() {
        String shown = render("github", check("db/a,b:c.sql", HOSTILE));
        assertThat(shown.lines()).hasSize(3);
        assertThat(shown.lines().limit(2)).allMatch(line -> line.startsWith("::error file=db/a%2Cb%3Ac.sql,line="));
        assertThat(shown).contains("endLine=2,title=").contains(",col=1,endColumn=");
    }

    @Test
    void junitIsXmlAndCountsWhatRefuses() throws Exception {
        Document document = xml(render("junit", check(FailOn.NEVER, "db/1.sql", HOSTILE, "SELECT 1")));
        assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("failure").getLength()).isZero();
        assertThat(document.getElementsByTagName("system-out").getLength()).isEqualTo(2);
        Document refused = xml(render("junit", check("db/\u0001.sql", HOSTILE)));
        assertThat(refused.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(refused.getDocumentElement().getTextContent()).contains("<img src=x>]]>");
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void markdownQuotesWhatWouldBeMarkup() {
        String shown = render("markdown", check("db/`1`.sql", HOSTILE));
        String outside =
                shown.replaceAll("(?s)(?m)^(````+)sql$.*?^\\1$", "").replaceAll("(?s)(?m)^```sql$.*?^```$", "");
        assertThat(outside).doesNotContain("<img").doesNotContain("@everyone");
        assertThat(shown).contains("````sql\n").contains("`` db/`1`.sql:1:1 ``");
    }

    @Test
    void aCommentFitsIntoAPullRequestAndCountsWhatDoesNot() {
        String[] many = Stream.generate(() -> "DROP TABLE " + "a".repeat(3_000) + ";")
                .limit(60)
                .toArray(String[]::new);
        String shown = render("markdown", check(".sql", many));
        assertThat(shown).hasSizeLessThan(65_536).containsPattern("… and \\d+ more, which `godwit check` shows");
    }
}
