package dev.ringwall.shape;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON that every program reads alike (RFC 8259, and RFC 7493 where that is stricter): UTF-8 without a mark before it, no name twice in an object, no
/// half characters, nothing after the end. Used by one thread, once.
final class JsonText {

    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    // the limits that are said in answers are counted here; these are only the net
                    // below
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(1_000)
                                    .maxNumberLength(10_000)
                                    .maxNameLength(1 << 20)
                                    .build())
                    .build();

    /// Up to here names are compared one by one.
    private static final int FEW_NAMES = 12;

    private final JsonLimits limits;
    private final JsonParser parser;
    private int depth;
    private int values;
    private int objects;

    private JsonText(JsonLimits limits, JsonParser parser) {
        this.limits = limits;
        this.parser = parser;
    }

    /// What came of reading.
    sealed interface Parsed {
        /// It is JSON and within the limits.
        record Read(Value value) implements Parsed {}

        /// It is not.
        record Unfit(Verdict.Broken why) implements Parsed {}
    }

    static Parsed read(byte[] json, JsonLimits limits) {
        if (!utf8(json)) {
            return new Parsed.Unfit(new Verdict.Broken("", Keywords.UTF_8));
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return new JsonText(limits, parser).whole();
        } catch (JacksonException broken) {
            return new Parsed.Unfit(new Verdict.Broken("", Keywords.JSON));
        }
    }

    private Parsed whole() {
        try {
            if (parser.nextToken() == null) {
                return unfit(Keywords.JSON);
            }
            Value value = value();
            return parser.nextToken() == null ? new Parsed.Read(value) : unfit(Keywords.JSON);
        } catch (LimitReached reached) {
            return unfit(reached.keyword);
        } catch (JacksonException broken) {
            return unfit(Keywords.JSON);
        }
    }

    private Parsed unfit(String keyword) {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return new Parsed.Unfit(new Verdict.Broken(Pointer.clipped(pointer), keyword));
    }

    private Value value() {
        if (++values > limits.valuesMax()) {
            throw new LimitReached(Keywords.MAX_VALUES);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> members();
            case START_ARRAY -> items();
            case VALUE_STRING -> new Value.Text(text());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new Value.Truth(true);
            case VALUE_FALSE -> new Value.Truth(false);
            default -> Value.Nothing.NULL;
        };
    }

    private Value members() {
        deeper();
        int number = objects++;
        List<String> names = new ArrayList<>(8);
        List<Value> members = new ArrayList<>(8);
        Set<String> many = null;
        String name;
        while ((name = parser.nextName()) != null) {
            if (name.length() > limits.nameCharsMax()) {
                throw new LimitReached(Keywords.MAX_NAME);
            }
            if (names.size() == FEW_NAMES) {
                many = new HashSet<>(names);
            }
            if ((many == null ? names.contains(name) : !many.add(name)) || half(name)) {
                throw new LimitReached(Keywords.JSON);
            }
            names.add(name);
            parser.nextToken();
            members.add(value());
        }
        depth--;
        return new Value.Members(names, members, number);
    }

    private Value items() {
        deeper();
        List<Value> items = new ArrayList<>(4);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        depth--;
        return new Value.Items(items);
    }

    private void deeper() {
        if (++depth > limits.depthMax()) {
            throw new LimitReached(Keywords.MAX_DEPTH);
        }
    }

    private String text() {
        String text = parser.getString();
        if (text.length() > limits.stringCharsMax()) {
            throw new LimitReached(Keywords.MAX_STRING);
        }
        if (half(text)) {
            throw new LimitReached(Keywords.JSON);
        }
        return text;
    }

    private Value number() {
        int length = parser.getStringLength();
        if (length > limits.numberCharsMax()) {
            throw new LimitReached(Keywords.MAX_NUMBER);
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && length <= 18) {
            return new Value.Numeric(parser.getLongValue(), null);
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(parser.getString());
        } catch (NumberFormatException exponent) {
            throw new LimitReached(Keywords.MAX_NUMBER);
        }
        if (Math.abs((long) exact.scale()) > limits.exponentMax()) {
            throw new LimitReached(Keywords.MAX_NUMBER);
        }
        return Value.Numeric.of(exact);
    }

    /// Whether one half of a character stands alone (RFC 7493 §2.1).
    private static boolean half(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c)
                                && i + 1 < text.length()
                                && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /// The parser is lenient with overlong and half characters, so they are looked for first.
    private static boolean utf8(byte[] json) {
        for (byte next : json) {
            if (next < 0) {
                return strictlyUtf8(json);
            }
        }
        return true;
    }

    private static boolean strictlyUtf8(byte[] json) {
        boolean marked = json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
            return !(marked && json[2] == (byte) 0xBF);
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /// Unwinds the reading of a text that is refused; never leaves this class.
    private static final class LimitReached extends RuntimeException {
        private final String keyword;

        LimitReached(String keyword) {
            super(keyword, null, false, false);
            this.keyword = keyword;
        }
    }
}
