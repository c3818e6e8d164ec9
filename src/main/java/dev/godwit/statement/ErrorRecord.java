package dev.godwit.statement;

import com.dylibso.chicory.runtime.Memory;

/// The record in which PostgreSQL keeps the error that it reported last: `ErrorData` of `src/include/utils/elog.h`.
///
/// The module hands out message and place of an error in SQL, but only the message of one in PL/pgSQL. The record, in
/// the module's static data, has the rest. Its address is learnt from an error with a known place.
///
/// @param address of the record's first field, `elevel`
record ErrorRecord(Memory memory, int address) {
    private static final int ERROR_LEVEL = 21;
    private static final int SQL_STATE = 28;
    private static final int CURSOR = 80;
    private static final int INTERNAL_CURSOR = 84;

    /// Static data ends below; the C stack begins.
    private static final int STATIC_DATA_END = 1 << 20;

    /// @param cursor of the error just reported
    static ErrorRecord find(Memory memory, int cursor) {
        for (int address = 0; address < STATIC_DATA_END - INTERNAL_CURSOR; address += Integer.BYTES) {
            ErrorRecord record = new ErrorRecord(memory, address);
            if (memory.readInt(address) == ERROR_LEVEL
                    && memory.readInt(address + CURSOR) == cursor
                    && record.isSyntaxError()) {
                return record;
            }
        }
        throw new GrammarFailure("the module keeps its errors elsewhere");
    }

    /// Whether the SQLSTATE is 42601. The server packs one into an integer, six bits for each character.
    boolean isSyntaxError() {
        int packed = 0;
        for (int i = 0; i < 5; i++) {
            packed |= ("42601".charAt(i) - '0') << (6 * i);
        }
        return memory.readInt(address + SQL_STATE) == packed;
    }

    /// @return the place in a function's body, in characters from 1; 0 where there is none
    int bodyCursor() {
        return Math.max(memory.readInt(address + INTERNAL_CURSOR), memory.readInt(address + CURSOR));
    }
}
