package dev.godwit.report.format;

import com.google.auto.service.AutoService;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.lint.Finding;
import dev.godwit.report.format.Paint.Role;
import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import java.io.IOException;

/// For people: each finding with its statement underlined, then what to do, then one line that sums up.
@AutoService(ReportFormat.class)
public final class TextFormat implements ReportFormat {
    @Override
    public String id() {
        return "text";
    }

    @Override
    public void write(CheckResult result, Appendable out, Paint paint) throws IOException {
        for (CheckedFile file : result.files()) {
            for (Finding finding : file.findings()) {
                finding(out, paint, finding, file.source());
            }
        }
        out.append(Summary.of(result, paint)).append('\n');
    }

    private static void finding(Appendable out, Paint paint, Finding finding, SourceText source) throws IOException {
        Position start = source.position(finding.span().start());
        out.append(source.name()).append(":").append(start.toString()).append(": ");
        out.append(paint.apply(Role.of(finding.severity()), finding.severity().word()))
                .append(" ")
                .append(paint.apply(Role.STRONG, finding.rule().id()))
                .append('\n');
        out.append(Excerpt.of(
                source,
                finding.span(),
                (role, text) -> paint.apply(role == Role.STRONG ? Role.of(finding.severity()) : role, text)));
        labelled(out, paint, "", finding.message());
        labelled(out, paint, "help: ", finding.help());
        if (finding.fix().isPresent()) {
            labelled(out, paint, "fix:  ", finding.fix().get());
        }
        out.append('\n');
    }

    private static void labelled(Appendable out, Paint paint, String label, String text) throws IOException {
        String indent = "  ";
        if (text.isEmpty()) {
            return;
        }
        out.append(indent).append(label.isEmpty() ? "" : paint.apply(Role.STRONG, label));
        out.append(text.replace("\n", "\n" + indent + " ".repeat(label.length())))
                .append('\n');
    }
}
