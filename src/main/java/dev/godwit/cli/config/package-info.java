/// Configuration: which keys there are, where a value comes from, and what `godwit.toml` says.
/// Imports source and what source imports, and Jackson's TOML.
/// Never asks a database, and never shows a password.
@NullMarked
package dev.godwit.cli.config;

import org.jspecify.annotations.NullMarked;
