package dev.godwit.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Help.Ansi;

/// Shows how it was started: its arguments, each between brackets, or what the first of them asks for.
public final class Main {
    private static final String EDITION = "first edition";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "edition" -> System.out.println(EDITION);
            case "exit" -> System.exit(Integer.parseInt(arguments[1]));
            case "directory" -> System.out.println(System.getProperty("user.dir"));
            case "java" -> System.out.println(Runtime.version().feature());
            case "wait" -> {
                System.out.println("waiting");
                new CountDownLatch(1).await();
            }
            default -> {
                for (String argument : arguments) {
                    System.out.println(Ansi.OFF.string("[") + argument + "]");
                }
            }
        }
    }
}
