package dev.godwit.traffic;

import java.util.List;

/// The mix of operations that stands for a database's users.
@FunctionalInterface
public interface Workload {
    /// @return at least one operation; asked once, when the traffic starts
    List<Operation> operations();
}
