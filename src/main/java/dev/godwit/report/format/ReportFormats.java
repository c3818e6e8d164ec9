package dev.godwit.report.format;

import dev.godwit.lint.CheckResult;
import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// All formats, by id.
public final class ReportFormats {
    private final Map<String, ReportFormat> byId = new TreeMap<>();

    public ReportFormats(Iterable<ReportFormat> formats) {
        for (ReportFormat format : formats) {
            if (byId.putIfAbsent(format.id(), format) != null) {
                throw Problem.usage("two report formats have the id " + format.id())
                        .at(format.getClass().getName())
                        .remedy("give one of them another id")
                        .raise();
            }
        }
    }

    public static ReportFormats load() {
        return new ReportFormats(ServiceLoader.load(ReportFormat.class));
    }

    public Iterable<String> ids() {
        return byId.keySet();
    }

    public ReportFormat named(String id) {
        ReportFormat format = byId.get(id);
        if (format == null) {
            throw Problem.usage("no such format: " + id)
                    .remedy(Nearest.of(id, byId.keySet())
                            .map(near -> "did you mean --format " + near + "?")
                            .orElse("the formats are " + String.join(", ", byId.keySet())))
                    .raise();
        }
        return format;
    }

    /// @return the whole report as text
    public static String render(ReportFormat format, CheckResult result, Paint paint) {
        StringBuilder out = new StringBuilder();
        try {
            format.write(result, out, paint);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }
}
