package dev.godwit.staging.embedded;

import java.util.Map;

/// The other JVM of [SupervisionTest]: starts clusters, says where they are, and goes the way it is told.
///
/// Arguments: how many clusters, then `wait`, `exit` or `return`. Prints a line a cluster, its data directory, then
/// `ready`. `wait` waits for the end of its standard input, which the parent need not bring about.
final class ClusterChild {
    private ClusterChild() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            Cluster cluster = Cluster.start(18, Map.of(), Surroundings.ofThisProcess());
            System.out.println(cluster.dataDirectory());
        }
        System.out.println("ready");
        switch (arguments[1]) {
            case "wait" -> System.in.transferTo(System.out);
            case "exit" -> System.exit(0);
            default -> {}
        }
    }
}
