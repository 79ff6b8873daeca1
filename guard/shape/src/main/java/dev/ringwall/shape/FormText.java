package dev.ringwall.shape;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads bodies of `application/x-www-form-urlencoded` as an object (URL Standard §5.1), stricter than browsers need: every escape is one,
/// names and values are UTF-8, and a name stands twice only where a list is declared.
final class FormText {

    /// The most pairs that are read.
    static final int PAIRS_MAX = 1_000;

    private final ParameterText text;

    FormText(ParameterText text) {
        this.text = text;
    }

    JsonText.Parsed read(byte[] body) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        String whole = new String(body, StandardCharsets.ISO_8859_1);
        int count = 0;
        for (String pair : whole.isEmpty() ? new String[0] : whole.split("&", PAIRS_MAX + 1)) {
            int equals = pair.indexOf('=');
            String name = equals < 1 ? null : decoded(pair.substring(0, equals));
            String value = equals < 1 ? null : decoded(pair.substring(equals + 1));
            if (name == null || value == null) {
                return unfit("", Keywords.FORM);
            }
            if (++count > PAIRS_MAX) {
                return unfit("", Keywords.MAX_VALUES);
            }
            if (name.length() > JsonLimits.MESSAGE.nameCharsMax()) {
                return unfit("", Keywords.MAX_NAME);
            }
            if (value.length() > JsonLimits.MESSAGE.stringCharsMax()) {
                return unfit(name, Keywords.MAX_STRING);
            }
            pairs.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
        }
        return object(pairs);
    }

    private JsonText.Parsed object(Map<String, List<String>> pairs) {
        List<Value> values = new ArrayList<>(pairs.size());
        for (Map.Entry<String, List<String>> pair : pairs.entrySet()) {
            Value value = text.member(pair.getKey(), pair.getValue());
            if (value == null) {
                return unfit(pair.getKey(), Keywords.REPEATED);
            }
            values.add(value);
        }
        return new JsonText.Parsed.Read(new Value.Members(List.copyOf(pairs.keySet()), values, 0));
    }

    private static JsonText.Parsed unfit(String name, String keyword) {
        String pointer = name.isEmpty() ? "" : "/" + Pointer.escaped(name);
        return new JsonText.Parsed.Unfit(new Verdict.Broken(Pointer.clipped(pointer), keyword));
    }

    /// Absent when it is not well formed.
    private static @Nullable String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !Formats.hexadecimal(text.charAt(i + 1))
                        || !Formats.hexadecimal(text.charAt(i + 2))) {
                    return null;
                }
                bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else if (c <= ' ' || c >= 0x7f) {
                return null;
            } else {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
