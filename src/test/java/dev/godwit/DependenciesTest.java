package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// `pom.xml` and `docs/dependencies.md` name the same artifacts in the same versions, each with licence and reason.
class DependenciesTest {
    /// The elements of a POM that bring somebody else's code into the build.
    private static final List<String> ELEMENTS = List.of("dependency", "plugin", "path", "artifactItem");

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+:[^`]+)`[^|]* \\| (\\S+) \\| (.+) \\| (.+) \\|");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    @Test
    void theTableNamesExactlyWhatThePomBringsIn() throws Exception {
        Map<String, String> pom = inPom();
        assertThat(pom).hasSizeGreaterThan(20);
        assertThat(inTable()).containsExactlyEntriesOf(pom);
    }

    @Test
    void everyRowHasALicenceAndAReason() throws IOException {
        List<Matcher> rows = rows();
        assertThat(rows).hasSizeGreaterThan(20);
        for (Matcher row : rows) {
            assertThat(row.group(3)).as(row.group(1)).matches("[A-Z0-9].{2,}");
            assertThat(row.group(4)).as(row.group(1)).endsWith(".");
        }
    }

    private static Map<String, String> inTable() throws IOException {
        Map<String, String> found = new TreeMap<>();
        rows().forEach(row -> found.put(row.group(1), row.group(2)));
        return found;
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/dependencies.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static Map<String, String> inPom() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        Map<String, String> found = new TreeMap<>();
        for (String name : ELEMENTS) {
            NodeList elements = pom.getElementsByTagName(name);
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                found.put(child(element, "groupId") + ":" + child(element, "artifactId"), version(pom, element));
            }
        }
        Element format =
                (Element) pom.getElementsByTagName("palantirJavaFormat").item(0);
        found.put("com.palantir.javaformat:palantir-java-format", version(pom, format));
        return found;
    }

    private static String version(Document pom, Element element) {
        String version = child(element, "version");
        Matcher property = PROPERTY.matcher(version);
        return property.matches()
                ? pom.getElementsByTagName(property.group(1)).item(0).getTextContent()
                : version;
    }

    private static String child(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }
}
