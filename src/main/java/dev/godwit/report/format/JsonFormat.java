package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The document that `cli.md` promises. Every key is always there; `null` says that a finding has no such thing.
/// `endColumn` is that of the first character after the finding.
@AutoService(ReportFormat.class)
public final class JsonFormat implements ReportFormat {
    @Override
    public String id() {
        return "json";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("files");
            result.files().forEach(file -> file(json, file));
            json.writeEndArray();
            summary(json, result);
            json.writeEndObject();
        }
        out.append(text.getBuffer()).append('\n');
    }

    private static void file(JsonGenerator json, CheckedFile file) {
        json.writeStartObject();
        json.writeStringProperty("path", file.source().name());
        json.writeNumberProperty("statements", file.statements());
        json.writeArrayPropertyStart("findings");
        file.findings().forEach(finding -> finding(json, finding, file.source()));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Finding finding, SourceText source) {
        Position start = source.position(finding.span().start());
        Position end = source.position(finding.span().end());
        json.writeStartObject();
        json.writeStringProperty("rule", finding.rule().id());
        json.writeStringProperty("severity", finding.severity().word());
        json.writeNumberProperty("line", start.line());
        json.writeNumberProperty("column", start.column());
        json.writeNumberProperty("endLine", end.line());
        json.writeNumberProperty("endColumn", end.column());
        text(json, "relation", finding.relation().map(Object::toString));
        text(json, "lock", finding.lock().map(LockMode::sql));
        text(json, "blocks", finding.blocks());
        json.writeStringProperty("message", finding.message());
        json.writeStringProperty("help", finding.help());
        text(json, "fix", finding.fix());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get());
        } else {
            json.writeNullProperty(name);
        }
    }

    private static void summary(JsonGenerator json, CheckResult result) {
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("errors", result.count(Severity.ERROR));
        json.writeNumberProperty("warnings", result.count(Severity.WARNING));
        json.writeNumberProperty("infos", result.count(Severity.INFO));
        json.writeNumberProperty("unlisted", result.unlisted());
        json.writeNumberProperty("files", result.files().size());
        json.writeNumberProperty("statements", result.statements());
        json.writeEndObject();
    }
}
