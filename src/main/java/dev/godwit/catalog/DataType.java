package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A type that the schema itself makes, as far as making a value of it needs.
public sealed interface DataType {
    /// @return the name as [Column#type] writes it
    String name();

    record EnumType(String name, List<String> labels) implements DataType {
        public EnumType {
            requireNonNull(name);
            labels = List.copyOf(labels);
        }
    }

    /// @param base as `format_type` writes it, with its length or precision
    /// @param checks `CHECK ((VALUE > 0))`
    record DomainType(String name, String base, boolean notNull, List<String> checks) implements DataType {
        public DomainType {
            requireNonNull(name);
            requireNonNull(base);
            checks = List.copyOf(checks);
        }
    }

    /// @param attributeTypes in their order
    record CompositeType(String name, List<String> attributeTypes) implements DataType {
        public CompositeType {
            requireNonNull(name);
            attributeTypes = List.copyOf(attributeTypes);
        }
    }
}
