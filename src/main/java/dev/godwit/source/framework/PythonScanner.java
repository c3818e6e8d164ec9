package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.List;

/// Cuts Python into logical lines of tokens. Never fails: what is not Python becomes signs.
final class PythonScanner {
    private final String content;
    private final List<PythonLine> lines = new ArrayList<>();
    private final List<PythonToken> tokens = new ArrayList<>();
    private int at;
    private int lineStart;
    private int indent;
    private int depth;

    private PythonScanner(String content) {
        this.content = content;
    }

    static List<PythonLine> scan(String content) {
        PythonScanner scanner = new PythonScanner(content);
        while (scanner.at < content.length()) {
            scanner.step();
        }
        scanner.endLine();
        return scanner.lines;
    }

    private void step() {
        char c = content.charAt(at);
        if (c == '\n') {
            newline();
        } else if (c == '\\' && joinsLines()) {
            at = content.indexOf('\n', at) + 1;
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '#') {
            int end = content.indexOf('\n', at);
            at = end < 0 ? content.length() : end;
        } else if (c == ';' && depth == 0) {
            at++;
            endLine();
        } else {
            add(token(c));
        }
    }

    private boolean joinsLines() {
        return content.startsWith("\n", at + 1) || content.startsWith("\r\n", at + 1);
    }

    private void newline() {
        at++;
        lineStart = at;
        if (depth == 0) {
            endLine();
        }
    }

    private void endLine() {
        if (!tokens.isEmpty()) {
            lines.add(new PythonLine(indent, tokens));
            tokens.clear();
        }
    }

    private void add(PythonToken token) {
        if (tokens.isEmpty()) {
            indent = lines.isEmpty() || lineStart <= token.start() ? column(token.start()) : indent;
        }
        tokens.add(token);
        at = token.end();
    }

    private int column(int offset) {
        int column = 0;
        for (int i = lineStart; i < offset && Character.isWhitespace(content.charAt(i)); i++) {
            column = content.charAt(i) == '\t' ? (column / 8 + 1) * 8 : column + 1;
        }
        return column;
    }

    private PythonToken token(char c) {
        if (PythonString.beginsAt(content, at)) {
            return PythonString.at(content, at).token();
        }
        if (Character.isUnicodeIdentifierStart(c) || c == '_') {
            return run(PythonToken.Kind.NAME);
        }
        if (Character.isDigit(c)) {
            return run(PythonToken.Kind.NUMBER);
        }
        depth = Math.max(0, depth + ("([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0));
        return new PythonToken(PythonToken.Kind.SIGN, String.valueOf(c), at, at + 1);
    }

    private PythonToken run(PythonToken.Kind kind) {
        int end = at + 1;
        while (end < content.length() && Character.isUnicodeIdentifierPart(content.charAt(end))) {
            end++;
        }
        return new PythonToken(kind, content.substring(at, end), at, end);
    }
}
