package dev.godwit.traffic;

import java.util.List;
import java.util.SplittableRandom;

/// Draws operations by weight.
final class Mix {
    private final List<Operation> operations;
    private final int total;

    Mix(Workload workload) {
        this.operations = List.copyOf(workload.operations());
        this.total = operations.stream().mapToInt(Operation::weight).sum();
        if (operations.isEmpty() || operations.stream().anyMatch(operation -> operation.weight() < 1)) {
            throw new IllegalArgumentException("a workload needs operations, each of weight 1 or more");
        }
    }

    Operation draw(SplittableRandom random) {
        int rest = random.nextInt(total);
        for (Operation operation : operations) {
            rest -= operation.weight();
            if (rest < 0) {
                return operation;
            }
        }
        throw new AssertionError("the weights add up to the total");
    }
}
