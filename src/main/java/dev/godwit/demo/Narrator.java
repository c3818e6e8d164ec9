package dev.godwit.demo;

import dev.godwit.report.chart.ChartStyle;
import dev.godwit.report.format.Paint;

/// Who tells the demo's story; the command line prints it.
public interface Narrator {
    /// A new stage of the story begins.
    void stage(String title);

    /// The command that a user would type for what follows.
    void command(String text);

    /// A line or a paragraph of the story.
    void line(String text);

    /// What is going on just now; the next call of anything replaces it.
    void meanwhile(String text);

    Paint paint();

    ChartStyle chart();
}
