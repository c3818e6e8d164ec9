package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.lint.Severity;
import dev.godwit.text.SourceText;
import java.io.IOException;

/// Workflow commands of GitHub Actions, which become annotations on the changed lines
/// (<https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>).
@AutoService(ReportFormat.class)
public final class GithubFormat implements ReportFormat {
    @Override
    public String id() {
        return "github";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        for (CheckedFile file : result.files()) {
            for (Finding finding : file.findings()) {
                out.append(command(finding, file.source())).append('\n');
            }
        }
        out.append(Summary.of(result)).append('\n');
    }

    private static String command(Finding finding, SourceText source) {
        Region region = Region.of(source, finding.span());
        StringBuilder text = new StringBuilder("::" + command(finding.severity()));
        text.append(" file=").append(property(source.name()));
        text.append(",line=").append(region.start().line());
        text.append(",endLine=").append(region.end().line());
        if (region.oneLine()) { // GitHub takes columns within one line only
            text.append(",col=").append(region.start().column());
            text.append(",endColumn=").append(region.end().column());
        }
        text.append(",title=").append(property("godwit " + finding.rule().id()));
        return text.append("::").append(data(body(finding))).toString();
    }

    private static String body(Finding finding) {
        StringBuilder text = new StringBuilder(finding.message());
        if (!finding.help().isEmpty()) {
            text.append("\n\n").append(finding.help());
        }
        finding.fix().ifPresent(fix -> text.append("\n\nfix:\n").append(fix));
        return text.toString();
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
