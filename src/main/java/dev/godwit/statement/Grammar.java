package dev.godwit.statement;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// PostgreSQL 18's own parser: an instance serves one thread at a time, and statement after statement.
final class Grammar {
    private final Memory memory;
    private final ExportFunction allocate;
    private final ExportFunction free;
    private final ExportFunction parse;
    private final ExportFunction freeParsed;
    private final ExportFunction parsePlpgsql;
    private final ExportFunction freeString;
    private @Nullable ErrorRecord lastError;

    Grammar() {
        Instance instance = GrammarModule.start();
        memory = instance.memory();
        allocate = instance.export("malloc");
        free = instance.export("free");
        parse = instance.export("wasm_parse_query_raw");
        freeParsed = instance.export("wasm_free_parse_result");
        parsePlpgsql = instance.export("wasm_parse_plpgsql");
        freeString = instance.export("wasm_free_string");
    }

    /// What the parser says to a text.
    sealed interface Outcome {
        /// @param tree the list of raw statements: `stmts`, each with `stmt`, and `stmt_location` and `stmt_len` in
        /// bytes
        record Accepted(SqlNode tree) implements Outcome {}

        /// @param message in the server's words
        /// @param cursor the place as the server counts it: characters, from 1; 0 where it knows none
        record Rejected(String message, int cursor) implements Outcome {}
    }

    /// @param sql UTF-8 without a NUL
    /// @param places from a byte offset in it to the offset that the tree's nodes shall carry
    Outcome parse(byte[] sql, IntUnaryOperator places) {
        int query = copyIn(sql);
        int result = call(parse, query);
        try {
            return outcome(result, places);
        } finally {
            freeParsed.apply(result);
            free.apply(query);
        }
    }

    /// Compiles the body of a routine as the server does when it creates one, but without a catalog.
    ///
    /// @param sql a statement that carries a body, UTF-8 without a NUL
    /// @return the first syntax error, its cursor counted within the body
    Optional<Outcome.Rejected> parsePlpgsql(byte[] sql) {
        Optional<String> error = errorInPlpgsql(sql);
        if (error.isEmpty()) {
            return Optional.empty();
        }
        ErrorRecord record = lastError;
        if (record == null) {
            record = findErrorRecord();
            lastError = record;
            error = errorInPlpgsql(sql);
        }
        int cursor = record.bodyCursor();
        return record.isSyntaxError() ? error.map(message -> new Outcome.Rejected(message, cursor)) : Optional.empty();
    }

    /// @return the compiled body; empty when it has an error, or needs a catalog to be compiled
    Optional<SqlNode> plpgsql(byte[] sql) {
        String answer = answerOfPlpgsql(sql);
        return answer.startsWith("{")
                ? Optional.of(TreeReader.read(
                        answer.replace("\n", "").getBytes(StandardCharsets.UTF_8), IntUnaryOperator.identity()))
                : Optional.empty();
    }

    private Optional<String> errorInPlpgsql(byte[] sql) {
        String answer = answerOfPlpgsql(sql);
        return answer.startsWith("{") ? Optional.empty() : Optional.of(answer);
    }

    private String answerOfPlpgsql(byte[] sql) {
        int query = copyIn(sql);
        int result = call(parsePlpgsql, query);
        String answer = new String(bytes(result), StandardCharsets.UTF_8);
        freeString.apply(result);
        free.apply(query);
        return answer;
    }

    private ErrorRecord findErrorRecord() {
        String twoSelects = "SELECT SELECT";
        parse(twoSelects.getBytes(StandardCharsets.UTF_8), IntUnaryOperator.identity());
        return ErrorRecord.find(memory, twoSelects.lastIndexOf("SELECT") + 1);
    }

    /// The C struct: tree, stderr, error, three pointers; an error holds message, function, file, line, cursor.
    private Outcome outcome(int result, IntUnaryOperator places) {
        int error = memory.readInt(result + 8);
        if (error == 0) {
            return new Outcome.Accepted(TreeReader.read(bytes(memory.readInt(result)), places));
        }
        String message = new String(bytes(memory.readInt(error)), StandardCharsets.UTF_8);
        return new Outcome.Rejected(message, memory.readInt(error + 16));
    }

    /// @return whether it has not grown far beyond what it starts with: memory never shrinks
    boolean isSmall() {
        return memory.pages() < 4 * memory.initialPages();
    }

    private int copyIn(byte[] sql) {
        int address = call(allocate, sql.length + 1);
        if (address == 0) {
            throw new GrammarFailure("out of memory");
        }
        memory.write(address, sql);
        memory.writeByte(address + sql.length, (byte) 0);
        return address;
    }

    private byte[] bytes(int address) {
        int end = address;
        while (memory.read(end) != 0) {
            end++;
        }
        return memory.readBytes(address, end - address);
    }

    /// Everything that the module cannot get over itself comes as this one exception: its own traps, which would be
    /// defects, and the overflow of the Java stack, on which it runs.
    private static int call(ExportFunction function, int argument) {
        try {
            return (int) function.apply(argument)[0];
        } catch (ChicoryException failed) {
            if (failed.getCause() instanceof StackOverflowError tooDeep) {
                throw tooDeep;
            }
            throw new GrammarFailure("PostgreSQL's parser failed", failed);
        }
    }
}
