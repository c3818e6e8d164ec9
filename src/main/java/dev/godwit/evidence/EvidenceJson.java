package dev.godwit.evidence;

import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way that evidence and reports become JSON: two-space indent, the keys in the order of the records.
public final class EvidenceJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EvidenceJson() {}

    public static String write(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    public static Evidence read(String json) {
        return MAPPER.readValue(json, Evidence.class);
    }

    /// @param <T> a record of this package
    public static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    public static List<Evidence> readAll(String json) {
        return List.of(MAPPER.readValue(json, Evidence[].class));
    }
}
