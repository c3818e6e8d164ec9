package dev.godwit.statement;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataCountSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.ExportSection;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionSection;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalSection;
import com.dylibso.chicory.wasm.types.ImportSection;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.Section;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import dev.godwit.statement.grammar.Postgres18Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Starts PostgreSQL's parser, and is to it what an operating system and a C library are to a program.
///
/// The parser is the WebAssembly module of npm's `libpg-query`, bytecode since the build; `tools/grammar` says how. The
/// module calls back under the names that Emscripten gives its imports.
final class GrammarModule {
    /// Pages of 64 KB: 256 MB. PostgreSQL meets the end of it as a server meets `out of memory`: with an error.
    private static final int MEMORY_LIMIT = 4096;

    private static final int PAGE = 65_536;
    private static final long[] NOTHING = {};
    private static final long[] ZERO = {0};

    /// C's `longjmp`, by which PostgreSQL reports every error. It unwinds to the nearest `setjmp`: an `invoke_…`.
    private static final class LongJump extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LongJump() {
            super(null, null, false, false);
        }
    }

    /// Parsed once, the first time that a script is. Neither validated nor digested again: that is the business of the
    /// build, which makes the bytecode, and would be a fifth of the time that a check takes.
    private static final class Holder {
        static final WasmModule MODULE = load();

        private static WasmModule load() {
            try (InputStream meta = Postgres18Machine.class.getResourceAsStream("Postgres18.meta")) {
                WasmModule.Builder module = WasmModule.builder().withValidation(false);
                Parser.builder()
                        .build()
                        .parse(
                                Objects.requireNonNull(meta, "the build has left the grammar out"),
                                section -> put(module, section));
                return module.build();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static void put(WasmModule.Builder module, Section section) {
            switch (section) {
                case TypeSection types -> module.setTypeSection(types);
                case ImportSection imports -> module.setImportSection(imports);
                case FunctionSection functions -> module.setFunctionSection(functions);
                case TableSection tables -> module.setTableSection(tables);
                case MemorySection memory -> module.setMemorySection(memory);
                case GlobalSection globals -> module.setGlobalSection(globals);
                case ExportSection exports -> module.setExportSection(exports);
                case ElementSection elements -> module.setElementSection(elements);
                case DataCountSection count -> module.setDataCountSection(count);
                case CodeSection code -> module.setCodeSection(code);
                case DataSection data -> module.setDataSection(data);
                default -> throw new GrammarFailure("the grammar has an unexpected section " + section.sectionId());
            }
        }
    }

    private GrammarModule() {}

    static Instance start() {
        Instance instance = Instance.builder(Holder.MODULE)
                .withImportValues(ImportValues.builder()
                        .withFunctions(imports(Holder.MODULE))
                        .build())
                .withMachineFactory(Postgres18Machine::new)
                .withMemoryFactory(ByteArrayMemory::new)
                .withMemoryLimits(memoryLimits(Holder.MODULE))
                .build();
        instance.export("initialize").apply();
        return instance;
    }

    private static MemoryLimits memoryLimits(WasmModule module) {
        int initial = module.memorySection()
                .map(section -> section.getMemory(0).limits().initialPages())
                .orElseThrow();
        return new MemoryLimits(initial, MEMORY_LIMIT);
    }

    private static List<ImportFunction> imports(WasmModule module) {
        return IntStream.range(0, module.importSection().importCount())
                .mapToObj(module.importSection()::getImport)
                .map(FunctionImport.class::cast)
                .map(wanted -> hostFunction(wanted, module.typeSection().getType(wanted.typeIndex())))
                .toList();
    }

    private static ImportFunction hostFunction(FunctionImport wanted, FunctionType type) {
        return new HostFunction(wanted.module(), wanted.name(), type, behaviour(wanted.name(), type));
    }

    private static WasmFunctionHandle behaviour(String name, FunctionType type) {
        if (name.startsWith("invoke_")) {
            long[] jumped = type.returns().isEmpty() ? NOTHING : ZERO;
            return (instance, arguments) -> invoke(instance, arguments, jumped);
        }
        return switch (name) {
            case "emscripten_throw_longjmp" ->
                (_, _) -> {
                    throw new LongJump();
                };
            case "emscripten_resize_heap" -> (instance, arguments) -> resizeHeap(instance.memory(), arguments[0]);
            case "fd_write" -> (instance, arguments) -> discard(instance.memory(), arguments);
            case "fd_close", "fd_read", "fd_seek", "setitimer_js" -> (_, _) -> ZERO;
            case "emscripten_runtime_keepalive_clear" -> (_, _) -> NOTHING;
            default ->
                (_, arguments) -> {
                    throw new GrammarFailure("the parser called " + name + Arrays.toString(arguments));
                };
        };
    }

    /// Calls through the function table under a `setjmp`: a jump out of the callee ends here, and the module is told.
    private static long[] invoke(Instance instance, long[] arguments, long[] jumped) {
        long stack = instance.export("emscripten_stack_get_current").apply()[0];
        try {
            int callee = instance.table(0).ref((int) arguments[0]);
            return instance.getMachine().call(callee, Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (LongJump _) {
            instance.export("emscripten_stack_restore").apply(stack);
            instance.export("setThrew").apply(1, 0);
            return jumped;
        }
    }

    /// Grows by at least a fifth, so that a tree of many small pieces does not grow the memory for each.
    private static long[] resizeHeap(Memory memory, long wantedBytes) {
        int pages = memory.pages();
        long wanted = Math.ceilDiv(Integer.toUnsignedLong((int) wantedBytes), PAGE);
        int more = (int) Math.max(wanted - pages, Math.min(pages / 5, MEMORY_LIMIT - pages));
        return new long[] {more <= 0 || memory.grow(more) >= 0 ? 1 : 0};
    }

    /// What PostgreSQL would write to its log goes nowhere: errors are returned as values.
    private static long[] discard(Memory memory, long[] arguments) {
        int vectors = (int) arguments[1];
        int total = 0;
        for (int i = 0; i < (int) arguments[2]; i++) {
            total += memory.readInt(vectors + 8 * i + 4);
        }
        memory.writeI32((int) arguments[3], total);
        return ZERO;
    }
}
