package dev.godwit.cli;

import java.util.Map;

/// What a command is given: where to write, and the environment variables it may read.
record Context(Terminal terminal, Map<String, String> environment) {}
