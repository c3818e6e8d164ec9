package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Where Maven keeps what it downloaded: `-Dmaven.repo.local`, else `settings.xml`, else `~/.m2/repository`.
///
/// Source: <https://maven.apache.org/settings.html>, "Simple Values"; of its interpolations only `${user.home}` and
/// `${env.NAME}` are known here.
final class LocalRepository {
    private static final String ELEMENT = "localRepository";

    private final Surroundings surroundings;

    LocalRepository(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings);
    }

    Path directory() throws IOException {
        Optional<Path> said = surroundings.mavenLocal();
        return said.isPresent()
                ? said.get()
                : configured().orElse(surroundings.home().resolve(".m2/repository"));
    }

    private Optional<Path> configured() throws IOException {
        Path settings = surroundings.home().resolve(".m2/settings.xml");
        if (!Files.isReadable(settings)) {
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(settings)) {
            return element(input).map(this::interpolate).map(Path::of);
        } catch (XMLStreamException e) {
            throw new IOException(settings + " is not well-formed: " + e.getMessage(), e);
        }
    }

    /// Settings are the user's own, but an entity in them has no business fetching files or addresses.
    private static Optional<String> element(InputStream input) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(input);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals(ELEMENT)) {
                return Optional.of(reader.getElementText().strip()).filter(text -> !text.isEmpty());
            }
        }
        return Optional.empty();
    }

    private String interpolate(String text) {
        String result = text.replace("${user.home}", surroundings.home().toString());
        for (var variable : surroundings.environment().entrySet()) {
            result = result.replace("${env." + variable.getKey() + "}", variable.getValue());
        }
        return result;
    }
}
