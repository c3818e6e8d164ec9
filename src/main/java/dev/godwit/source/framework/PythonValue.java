package dev.godwit.source.framework;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An expression of Python as far as a reader of text understands it.
sealed interface PythonValue {
    record Text(String value) implements PythonValue {}

    /// `None`, `True`, `settings.AUTH_USER_MODEL`.
    record Name(String dotted) implements PythonValue {}

    /// A tuple, a list or a set; of a dictionary, what stands before and after each colon.
    record Items(List<PythonValue> values) implements PythonValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    record Call(String function, List<PythonValue> arguments, Map<String, PythonValue> keywords)
            implements PythonValue {
        public Call {
            arguments = List.copyOf(arguments);
            keywords = Map.copyOf(keywords);
        }

        /// @return the last part of a dotted name: `RunSQL` of `migrations.RunSQL`
        String simpleName() {
            return function.substring(function.lastIndexOf('.') + 1);
        }

        Optional<PythonValue> argument(int position, String keyword) {
            return position < arguments.size()
                    ? Optional.of(arguments.get(position))
                    : Optional.ofNullable(keywords.get(keyword));
        }
    }

    /// What only Python could evaluate.
    record Unknown() implements PythonValue {}

    default boolean isName(String dotted) {
        return this instanceof Name(String name) && name.equals(dotted);
    }
}
