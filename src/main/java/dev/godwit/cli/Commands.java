package dev.godwit.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;

/// Makes each command with the terminal and the environment it runs in; nothing static, so tests run commands in
/// process.
record Commands(Context context) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Context.class) {
                return type.cast(constructor.newInstance(context));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
