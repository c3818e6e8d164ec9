package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.lint.Severity;
import dev.godwit.text.SourceText;
import java.io.IOException;

/// A comment for a pull request, in GitHub's and GitLab's Markdown. Its first line lets a bot find the comment of the
/// last time and write over it; what does not fit into a comment is counted.
@AutoService(ReportFormat.class)
public final class MarkdownFormat implements ReportFormat {
    private static final String MARK = "<!-- godwit check -->\n";

    /// GitHub refuses a body of more than 65,536 characters.
    private static final int MOST_CHARACTERS = 60_000;

    @Override
    public String id() {
        return "markdown";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        StringBuilder text = new StringBuilder(MARK);
        text.append("### Godwit check: ").append(verdict(result)).append("\n\n");
        text.append(Summary.of(result)).append(".\n");
        int left = 0;
        for (CheckedFile file : result.files()) {
            for (Finding finding : file.findings()) {
                String section = section(finding, file.source());
                if (left > 0 || text.length() + section.length() > MOST_CHARACTERS) {
                    left++;
                } else {
                    text.append(section);
                }
            }
        }
        if (left > 0) {
            text.append("\n… and ").append(left).append(" more, which `godwit check` shows.\n");
        }
        out.append(text);
    }

    private static String verdict(CheckResult result) {
        if (result.refused()) {
            return "refused";
        }
        return result.files().stream().allMatch(file -> file.findings().isEmpty()) ? "no findings" : "passed";
    }

    private static String section(Finding finding, SourceText source) {
        Region region = Region.of(source, finding.span());
        StringBuilder text = new StringBuilder();
        text.append("\n#### ").append(sign(finding.severity())).append(" `");
        text.append(finding.rule().id()).append("` · ").append(Markdown.code(source.name() + ":" + region.start()));
        text.append("\n\n").append(Markdown.text(finding.message())).append("\n\n");
        text.append(Markdown.block("sql", source.slice(finding.span())));
        if (!finding.help().isEmpty()) {
            text.append("\n**Instead:** ").append(Markdown.text(finding.help())).append('\n');
        }
        finding.fix().ifPresent(fix -> text.append('\n').append(Markdown.block("sql", fix)));
        return text.toString();
    }

    private static String sign(Severity severity) {
        return switch (severity) {
            case ERROR -> "🛑 error";
            case WARNING -> "⚠️ warning";
            case INFO -> "ℹ️ info";
        };
    }
}
