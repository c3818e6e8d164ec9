/// PostgreSQL servers that Godwit starts for itself: their binaries, templates, accounts, supervisors and leftovers.
/// Imports `postgres` and `problem`.
/// Never leaves a process or a directory behind, and never speaks SQL beyond setting the password.
@NullMarked
package dev.godwit.staging.embedded;

import org.jspecify.annotations.NullMarked;
