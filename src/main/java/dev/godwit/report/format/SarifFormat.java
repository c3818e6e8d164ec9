package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.Severity;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// SARIF 2.1.0, which code scanners of forges and editors read
/// (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>): one run, the rules that found something, the
/// results with the text that they are about, and the fixes that may be applied.
@AutoService(ReportFormat.class)
public final class SarifFormat implements ReportFormat {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    @Override
    public String id() {
        return "sarif";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            new Document(json, rules(result)).write(result);
        }
        out.append(text.getBuffer()).append('\n');
    }

    private static List<RuleInfo> rules(CheckResult result) {
        return result.files().stream()
                .flatMap(file -> file.findings().stream())
                .map(Finding::rule)
                .distinct()
                .sorted(Comparator.comparing(RuleInfo::id))
                .toList();
    }

    private record Document(JsonGenerator json, List<RuleInfo> rules) {
        void write(CheckResult result) {
            json.writeStartObject();
            json.writeStringProperty("$schema", SCHEMA);
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            json.writeStringProperty("columnKind", "unicodeCodePoints");
            tool();
            json.writeArrayPropertyStart("results");
            result.files().forEach(this::results);
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }

        private void tool() {
            json.writeObjectPropertyStart("tool");
            json.writeObjectPropertyStart("driver");
            json.writeStringProperty("name", "Godwit");
            json.writeArrayPropertyStart("rules");
            rules.forEach(this::rule);
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }

        private void rule(RuleInfo rule) {
            json.writeStartObject();
            json.writeStringProperty("id", rule.id());
            message("shortDescription", rule.condition());
            message("fullDescription", rule.effect());
            message("help", rule.workaround());
            json.writeObjectPropertyStart("defaultConfiguration");
            if (!rule.onByDefault()) {
                json.writeBooleanProperty("enabled", false);
            }
            json.writeStringProperty("level", level(rule.severity()));
            json.writeEndObject();
            json.writeEndObject();
        }

        private void results(CheckedFile file) {
            Occurrences occurrences = new Occurrences(file.source());
            file.findings().forEach(finding -> result(finding, file.source(), occurrences.of(finding)));
        }

        private void result(Finding finding, SourceText source, String fingerprint) {
            json.writeStartObject();
            json.writeStringProperty("ruleId", finding.rule().id());
            json.writeNumberProperty("ruleIndex", rules.indexOf(finding.rule()));
            json.writeStringProperty("level", level(finding.severity()));
            message("message", finding.help().isEmpty() ? finding.message() : finding.message() + " " + finding.help());
            json.writeArrayPropertyStart("locations");
            json.writeStartObject();
            json.writeObjectPropertyStart("physicalLocation");
            artifact(source);
            region("region", source, finding.span());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeObjectPropertyStart("partialFingerprints");
            json.writeStringProperty("statement/v1", fingerprint);
            json.writeEndObject();
            finding.fix().ifPresent(fix -> fix(finding, source, fix));
            json.writeEndObject();
        }

        private void fix(Finding finding, SourceText source, String fix) {
            json.writeArrayPropertyStart("fixes");
            json.writeStartObject();
            message("description", finding.help());
            json.writeArrayPropertyStart("artifactChanges");
            json.writeStartObject();
            artifact(source);
            json.writeArrayPropertyStart("replacements");
            json.writeStartObject();
            region("deletedRegion", source, finding.span());
            message("insertedContent", fix);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
        }

        private void artifact(SourceText source) {
            json.writeObjectPropertyStart("artifactLocation");
            json.writeStringProperty("uri", Uris.of(source.name()));
            json.writeEndObject();
        }

        private void region(String name, SourceText source, Span span) {
            Region region = Region.of(source, span);
            json.writeObjectPropertyStart(name);
            json.writeNumberProperty("startLine", region.start().line());
            json.writeNumberProperty("startColumn", region.start().column());
            json.writeNumberProperty("endLine", region.end().line());
            json.writeNumberProperty("endColumn", region.end().column());
            json.writeEndObject();
        }

        private void message(String name, String text) {
            json.writeObjectPropertyStart(name);
            json.writeStringProperty("text", text);
            json.writeEndObject();
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
