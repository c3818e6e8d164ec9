package dev.godwit.source.framework;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the file of a Rails migration says, as far as its text tells without running it.
///
/// @param code its text without comments and strings
/// @param methods name to body, from `def` to the next one
record RailsText(String code, Map<String, String> methods, boolean saysNoOp) {
    private static final Pattern METHOD = Pattern.compile("(?m)^[ \\t]*(?:private )?def[ \\t]+(?:self\\.)?(\\w+[?!]?)");
    private static final Pattern CLASS =
            Pattern.compile("(?m)(?:\\bclass[ \\t]+|^[ \\t]*)(?:::)?([A-Z]\\w*)[ \\t]*(?:<|=)");
    private static final Pattern BASE = Pattern.compile("Migration\\[([0-9]+\\.[0-9]+)]");
    private static final Pattern OTHER_WAY = Pattern.compile("\\b(?:reversible|up_only|revert|reverting\\?)");

    /// An unconditional one: the author says that there is no way back.
    private static final Pattern IRREVERSIBLE =
            Pattern.compile("\\braise\\b[ (]*(?:ActiveRecord::)?IrreversibleMigration(?![^\\n]*\\b(?:if|unless)\\b)");

    /// What Rails cannot turn round inside `change`. Source: ActiveRecord::Migration::CommandRecorder.
    private static final Pattern ONE_WAY = Pattern.compile("(?m)^[ \\t]*(?:(?:execute|change_column)[ (]"
            + "|drop_table[ (]+:\\w+\\)?[ \\t]*$|remove_column[ (]+:\\w+,[ \\t]*:\\w+\\)?[ \\t]*$"
            + "|change_column_default\\b(?![^\\n]*\\bfrom:)(?![^\\n]*,[ \\t]*$))");

    private static final Pattern NO_OP = Pattern.compile("(?m)^[ \\t#]*--[ \\t]*godwit:no-op[ \\t]+\\S");

    RailsText {
        methods = Map.copyOf(methods);
    }

    static RailsText of(String content) {
        String code = CodeMask.RUBY.code(content);
        Map<String, String> methods = new LinkedHashMap<>();
        List<MatchResult> found = METHOD.matcher(code).results().toList();
        for (int i = 0; i < found.size(); i++) {
            int end = i + 1 < found.size() ? found.get(i + 1).start() : code.length();
            methods.put(found.get(i).group(1), code.substring(found.get(i).end(), end));
        }
        return new RailsText(code, methods, NO_OP.matcher(content).find());
    }

    boolean withoutTransaction() {
        return Pattern.compile("(?m)^[ \\t]*disable_ddl_transaction!")
                .matcher(code)
                .find();
    }

    /// @return the names of its classes
    List<String> classes() {
        return CLASS.matcher(code).results().map(m -> m.group(1)).toList();
    }

    /// @return `7.0` of `ActiveRecord::Migration[7.0]`
    Optional<String> version() {
        Matcher matcher = BASE.matcher(code);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    boolean isMigration() {
        return code.contains("ActiveRecord::Migration");
    }

    boolean hasDown() {
        String change = methods.get("change");
        String down = methods.get("down");
        if (down != null) {
            return !IRREVERSIBLE.matcher(down).find() && (saysNoOp || does(down));
        }
        return change != null
                && !IRREVERSIBLE.matcher(change).find()
                && (OTHER_WAY.matcher(change).find() || !ONE_WAY.matcher(change).find());
    }

    /// A string alone is blank here, but then it is the argument of something.
    private static boolean does(String body) {
        return !body.replaceAll("\\b(?:end|private|nil)\\b|[;()=\\s]", "").isEmpty();
    }
}
