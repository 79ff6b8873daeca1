package dev.ringwall.shop.kit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON of the shop's services.
public final class ShopJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ShopJson() {}

    /// The bytes are not the JSON that was asked for.
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(Throwable cause) {
            super(cause);
        }
    }

    /// A value as JSON.
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// JSON as a tree.
    public static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException malformed) {
            throw new Malformed(malformed);
        }
    }

    /// JSON as a record.
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (JacksonException malformed) {
            throw new Malformed(malformed);
        }
    }
}
