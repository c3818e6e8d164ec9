package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.lint.Severity;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// GitLab's code quality report (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>). Its
/// fingerprints stay the same while lines move, so that a merge request shows what it adds.
@AutoService(ReportFormat.class)
public final class GitlabFormat implements ReportFormat {
    @Override
    public String id() {
        return "gitlab";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            result.files().forEach(file -> findings(json, file));
            json.writeEndArray();
        }
        out.append(text.getBuffer()).append('\n');
    }

    private static void findings(JsonGenerator json, CheckedFile file) {
        Occurrences occurrences = new Occurrences(file.source());
        file.findings().forEach(finding -> finding(json, finding, file.source(), occurrences.of(finding)));
    }

    private static void finding(JsonGenerator json, Finding finding, SourceText source, String fingerprint) {
        Region region = Region.of(source, finding.span());
        json.writeStartObject();
        json.writeStringProperty("description", (finding.message() + " " + finding.help()).strip());
        json.writeStringProperty("check_name", finding.rule().id());
        json.writeStringProperty("fingerprint", fingerprint);
        json.writeStringProperty("severity", severity(finding.severity()));
        json.writeObjectPropertyStart("location");
        json.writeStringProperty("path", source.name());
        json.writeObjectPropertyStart("lines");
        json.writeNumberProperty("begin", region.start().line());
        json.writeNumberProperty("end", region.end().line());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "critical";
            case WARNING -> "minor";
            case INFO -> "info";
        };
    }
}
