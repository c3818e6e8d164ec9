package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// JUnit's XML, for whatever shows tests: a suite is a file, a case is a finding, or the whole file when it has none.
/// A finding below the threshold is a case that passed and has something to say.
@AutoService(ReportFormat.class)
public final class JunitFormat implements ReportFormat {
    @Override
    public String id() {
        return "junit";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new Document(xml, result).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the report cannot be written as XML", e);
        }
        out.append(text.getBuffer()).append('\n');
    }

    private record Document(XMLStreamWriter xml, CheckResult result) {
        void write() throws XMLStreamException {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "godwit check");
            for (CheckedFile file : result.files()) {
                suite(file);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
        }

        private void suite(CheckedFile file) throws XMLStreamException {
            List<Finding> findings = file.findings();
            long failures = findings.stream().filter(this::fails).count();
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            attribute("name", file.source().name());
            attribute("tests", String.valueOf(Math.max(1, findings.size())));
            attribute("failures", String.valueOf(failures));
            attribute("errors", "0");
            attribute("skipped", "0");
            attribute("time", "0");
            if (findings.isEmpty()) {
                open("no findings", file);
                xml.writeEndElement();
            }
            for (Finding finding : findings) {
                found(finding, file);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
        }

        private void found(Finding finding, CheckedFile file) throws XMLStreamException {
            Region region = Region.of(file.source(), finding.span());
            open(finding.rule().id() + " at " + region.start(), file);
            if (fails(finding)) {
                xml.writeStartElement("failure");
                attribute("type", finding.severity().word());
                attribute("message", finding.message());
            } else {
                xml.writeStartElement("system-out");
            }
            xml.writeCharacters(Xml.legal(body(finding, file, region)));
            xml.writeEndElement();
            xml.writeEndElement();
        }

        private boolean fails(Finding finding) {
            return result.failOn().refuses(finding.severity());
        }

        private static String body(Finding finding, CheckedFile file, Region region) {
            return file.source().name() + ":" + region.start() + "\n\n"
                    + Excerpt.of(file.source(), finding.span(), Paint.NONE)
                    + finding.message() + "\n" + finding.help();
        }

        private void open(String name, CheckedFile file) throws XMLStreamException {
            xml.writeCharacters("\n  ");
            xml.writeStartElement("testcase");
            attribute("name", name);
            attribute("classname", file.source().name());
            attribute("time", "0");
        }

        private void attribute(String name, String value) throws XMLStreamException {
            xml.writeAttribute(name, Xml.legal(value));
        }
    }
}
