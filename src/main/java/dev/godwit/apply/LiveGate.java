package dev.godwit.apply;

import java.util.List;

/// A question to production as it is at this moment, not to what was rehearsed.
interface LiveGate {
    /// All of them, in the order in which they are asked. A new one is one file, its line here and its row in
    /// `docs/gates.md`.
    List<LiveGate> ALL = List.of(new PoolerGate(), new BlockersGate(), new ReplicasGate(), new DiskGate());

    /// @return the name that `--waive` takes
    String name();

    Gate ask(Scene scene);
}
