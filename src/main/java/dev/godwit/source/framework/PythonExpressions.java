package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads literals, tuples, lists and calls from tokens; everything else is [PythonValue.Unknown].
final class PythonExpressions {
    private static final int DEEPEST = 200;

    private final List<PythonToken> tokens;
    private int at;
    private int depth;

    private PythonExpressions(List<PythonToken> tokens, int at) {
        this.tokens = tokens;
        this.at = at;
    }

    /// @param from index of the expression's first token; it ends with the line. `1, 2` is a tuple
    static PythonValue of(List<PythonToken> tokens, int from) {
        PythonExpressions reader = new PythonExpressions(tokens, from);
        PythonValue first = reader.expression();
        if (!reader.is(",")) {
            return first;
        }
        List<PythonValue> values = new ArrayList<>(List.of(first));
        while (reader.is(",")) {
            reader.at++;
            if (reader.at < tokens.size()) {
                values.add(reader.expression());
            }
        }
        return new PythonValue.Items(values);
    }

    /// One expression, up to a comma or bracket that is not its own.
    private PythonValue expression() {
        PythonValue value = operand();
        boolean whole = ends();
        skip();
        return whole ? value : new PythonValue.Unknown();
    }

    private boolean ends() {
        return at >= tokens.size() || is(",") || is(":") || isClosing();
    }

    private void skip() {
        int open = 0;
        while (at < tokens.size() && (open > 0 || !ends())) {
            open += isOpening() ? 1 : isClosing() ? -1 : 0;
            at++;
        }
    }

    private PythonValue operand() {
        if (at >= tokens.size()) {
            return new PythonValue.Unknown();
        }
        PythonToken token = tokens.get(at);
        return switch (token.kind()) {
            case STRING -> text();
            case NAME -> token.is("lambda") ? unknown() : nameOrCall();
            case NUMBER, FORMATTED -> unknown();
            case SIGN -> isOpening() ? bracket() : unknown();
        };
    }

    private PythonValue unknown() {
        at++;
        return new PythonValue.Unknown();
    }

    private PythonValue text() {
        StringBuilder text = new StringBuilder();
        while (at < tokens.size() && tokens.get(at).kind() == PythonToken.Kind.STRING) {
            text.append(tokens.get(at++).text());
        }
        return new PythonValue.Text(text.toString());
    }

    private PythonValue nameOrCall() {
        StringBuilder name = new StringBuilder(tokens.get(at++).text());
        while (is(".") && at + 1 < tokens.size() && tokens.get(at + 1).kind() == PythonToken.Kind.NAME) {
            name.append('.').append(tokens.get(at + 1).text());
            at += 2;
        }
        return is("(") ? call(name.toString()) : new PythonValue.Name(name.toString());
    }

    private PythonValue call(String function) {
        at++;
        List<PythonValue> arguments = new ArrayList<>();
        Map<String, PythonValue> keywords = new LinkedHashMap<>();
        while (at < tokens.size() && !isClosing()) {
            if (at + 1 < tokens.size() && tokens.get(at + 1).is("=") && !isAt(at + 2, "=")) {
                String keyword = tokens.get(at).text();
                at += 2;
                keywords.put(keyword, nested());
            } else {
                arguments.add(nested());
            }
            separator();
        }
        at++;
        return new PythonValue.Call(function, arguments, keywords);
    }

    /// `("a")` is the string in it, `("a",)` a tuple.
    private PythonValue bracket() {
        boolean round = is("(");
        at++;
        List<PythonValue> values = new ArrayList<>();
        boolean commas = false;
        while (at < tokens.size() && !isClosing()) {
            values.add(nested());
            commas |= separator();
        }
        at++;
        return round && values.size() == 1 && !commas ? values.getFirst() : new PythonValue.Items(values);
    }

    private PythonValue nested() {
        if (++depth > DEEPEST) {
            at = tokens.size();
            return new PythonValue.Unknown();
        }
        PythonValue value = expression();
        depth--;
        return value;
    }

    private boolean separator() {
        boolean there = is(",") || is(":");
        at += there ? 1 : 0;
        return there;
    }

    private boolean is(String sign) {
        return isAt(at, sign);
    }

    private boolean isAt(int index, String sign) {
        return index < tokens.size() && tokens.get(index).is(sign);
    }

    private boolean isOpening() {
        return is("(") || is("[") || is("{");
    }

    private boolean isClosing() {
        return is(")") || is("]") || is("}");
    }
}
