package dev.godwit.demo;

/// Who tells the demo's story; the command line prints it.
public interface Narrator {
    /// A new stage of the passage begins.
    void stage(String title);

    /// The command that a user would type for what follows.
    void command(String text);

    /// A line or a paragraph of the story.
    void line(String text);

    /// What is going on just now; the next call replaces it.
    void meanwhile(String text);
}
