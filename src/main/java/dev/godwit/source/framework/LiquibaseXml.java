package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// XML to elements. A document type is refused, so no entity leads to another file or host.
final class LiquibaseXml {
    /// An element that is still open.
    private record Open(String name, Map<String, String> attributes, List<LiquibaseElement> children, int line) {}

    private final SourceText source;
    private final Deque<Open> open = new ArrayDeque<>();

    /// Where the event before ended: an event knows its own end only.
    private int line = 1;

    private LiquibaseXml(SourceText source) {
        this.source = source;
    }

    /// @return the document's own element
    static LiquibaseElement parse(SourceText source) {
        return new LiquibaseXml(source).document();
    }

    private LiquibaseElement document() {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(source.content()));
            open.push(new Open("", Map.of(), new ArrayList<>(), 1));
            while (reader.hasNext()) {
                event(reader, reader.next());
                line = Math.max(1, reader.getLocation().getLineNumber());
            }
            return open.pop().children.getFirst();
        } catch (XMLStreamException e) {
            int at =
                    e.getLocation() == null ? line : Math.max(1, e.getLocation().getLineNumber());
            throw broken("this is no well-formed XML: " + reason(e), at);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("it leads to another file");
        });
        return factory;
    }

    private void event(XMLStreamReader reader, int event) {
        switch (event) {
            case XMLStreamConstants.DTD ->
                throw broken("the changelog has a document type, which Godwit does not follow", line);
            case XMLStreamConstants.START_ELEMENT ->
                open.push(new Open(reader.getLocalName(), attributes(reader), new ArrayList<>(), line));
            case XMLStreamConstants.END_ELEMENT -> close(reader.getLocation().getLineNumber());
            default -> {}
        }
    }

    private void close(int endLine) {
        Open done = open.pop();
        open.getFirst()
                .children
                .add(new LiquibaseElement(done.name, done.attributes, done.children, done.line, endLine));
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            found.put(reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT), reader.getAttributeValue(i));
        }
        return found;
    }

    /// The parser's message stands on its last line, after its own account of the place.
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int cut = message.lastIndexOf("Message: ");
        String text = cut < 0 ? message : message.substring(cut + "Message: ".length());
        return text.replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    }

    private GodwitException broken(String what, int at) {
        return Problem.usage(what)
                .at(source.name() + ":" + at)
                .remedy("mend the file")
                .raise();
    }
}
