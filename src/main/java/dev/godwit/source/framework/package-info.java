/// The adapters, one file a framework: recognise a project, list its migrations, name and write new ones.
/// Imports source and what source imports.
/// Never knows another adapter.
@NullMarked
package dev.godwit.source.framework;

import org.jspecify.annotations.NullMarked;
