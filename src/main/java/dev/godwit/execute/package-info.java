/// Carrying steps out on a live database: the lock discipline, the step runner, concurrent indexes, backfills, the
/// ledger.
/// Imports sessions, statements, plans, migrations and evidence; `rehearse` and `apply` share it.
/// Never decides whether a migration may run, and never prints.
@NullMarked
package dev.godwit.execute;

import org.jspecify.annotations.NullMarked;
