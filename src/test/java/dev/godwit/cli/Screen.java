package dev.godwit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a terminal of so many columns shows of what was written to it, as far back as one can scroll. A letter beyond
/// the last column stands on the next line.
final class Screen {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[([?0-9;]*)([A-Za-z])");

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private final List<String> strange = new ArrayList<>();
    private final int columns;
    private int row;
    private int column;

    private Screen(int columns) {
        this.columns = columns;
    }

    static Screen of(String written, int columns) {
        Screen screen = new Screen(columns);
        Matcher sequence = SEQUENCE.matcher(written);
        for (int at = 0; at < written.length(); at++) {
            if (sequence.region(at, written.length()).lookingAt()) {
                screen.obey(sequence.group(1), sequence.group(2));
                at = sequence.end() - 1;
            } else {
                screen.put(written.charAt(at));
            }
        }
        return screen;
    }

    private void obey(String number, String command) {
        if ((number + command).equals("J")) {
            lines.subList(row, lines.size()).replaceAll(_ -> new StringBuilder());
        } else {
            move(number, command);
        }
    }

    private void move(String number, String command) {
        if (command.equals("A")) {
            row = Math.max(0, row - Integer.parseInt(number));
        } else if (!command.equals("m")) {
            strange.add(number + command);
        }
    }

    private void put(char letter) {
        if (letter == '\r') {
            column = 0;
        } else if (letter == '\n') {
            down();
        } else if (Character.isISOControl(letter)) {
            strange.add("\\u" + Integer.toHexString(letter));
        } else {
            show(letter);
        }
    }

    private void show(char letter) {
        if (column == columns) {
            down();
            column = 0;
        }
        StringBuilder line = lines.get(row);
        line.setLength(Math.max(line.length(), column + 1));
        line.setCharAt(column++, letter);
    }

    private void down() {
        row++;
        if (row == lines.size()) {
            lines.add(new StringBuilder());
        }
    }

    List<String> lines() {
        return lines.stream().map(StringBuilder::toString).toList();
    }

    /// @return all that is shown, without the ends of its lines
    String text() {
        return String.join("", lines());
    }

    /// @return control characters and sequences that are none of the above
    List<String> strange() {
        return strange;
    }
}
