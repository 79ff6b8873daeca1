package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The header lines of one message, in the order in which they came, names and values in one array. A message has a dozen of them: to go through them is
/// quicker than to hash each, and a copy for the next hop is a copy of the array.
///
/// Where it checks, a name that is no token or a value with control characters is refused as the library's own headers refuse it (RFC 9110 §5.1, §5.5).
/// Names are found in any case. There is no limit here: what comes in was counted by its decoder. For one thread at a time.
public final class Lines extends DerivedHeaders {

    /// Makes headers that check what is put into them.
    public static final HttpHeadersFactory CHECKING =
            new HttpHeadersFactory() {
                @Override
                public HttpHeaders newHeaders() {
                    return new Lines(true);
                }

                @Override
                public HttpHeaders newEmptyHeaders() {
                    return new Lines(true, 0);
                }
            };

    private static final int AT_FIRST = 16;

    private final boolean checks;
    private CharSequence[] texts;
    private int length;

    /// @param checks whether names and values are looked at; not where all of them were already, or are our own
    public Lines(boolean checks) {
        this(checks, AT_FIRST);
    }

    private Lines(boolean checks, int room) {
        this.checks = checks;
        this.texts = new CharSequence[2 * room];
    }

    /// The same lines but those, unchecked, since they were looked at when they came; with room for as many as may come.
    ///
    /// @param left those that are left out, by their names
    public static Lines without(HttpHeaders came, Predicate<CharSequence> left) {
        Lines lines = new Lines(false, came.size() + AT_FIRST);
        if (came instanceof Lines others) {
            for (int i = 0; i < others.length; i += 2) {
                if (!left.test(others.texts[i])) {
                    lines.put(others.texts[i], others.texts[i + 1]);
                }
            }
        } else {
            came.iteratorCharSequence()
                    .forEachRemaining(line -> {
                        if (!left.test(line.getKey())) {
                            lines.put(line.getKey(), line.getValue());
                        }
                    });
        }
        return lines;
    }

    /// How many texts there are: names at even places, each followed by its value.
    public int texts() {
        return length;
    }

    /// The name at an even place, the value at an odd one, counted from 0 and below [#texts].
    public CharSequence text(int at) {
        return texts[at];
    }

    /// Takes out the lines with such names.
    public void removeIf(Predicate<CharSequence> such) {
        int kept = 0;
        for (int i = 0; i < length; i += 2) {
            if (!such.test(texts[i])) {
                texts[kept] = texts[i];
                texts[kept + 1] = texts[i + 1];
                kept += 2;
            }
        }
        cut(kept);
    }

    private void cut(int to) {
        Arrays.fill(texts, to, length, null);
        length = to;
    }

    private int find(CharSequence name, int from) {
        int count = name.length();
        for (int i = from; i < length; i += 2) {
            CharSequence each = texts[i];
            if (each.length() == count && AsciiString.contentEqualsIgnoreCase(each, name)) {
                return i;
            }
        }
        return -1;
    }

    /// Adds a line that was looked at already, or is our own: nothing here looks at it.
    public void put(CharSequence name, CharSequence value) {
        if (length == texts.length) {
            texts = Arrays.copyOf(texts, Math.max(2 * AT_FIRST, 2 * length));
        }
        texts[length++] = name;
        texts[length++] = value;
    }

    private Lines checked(CharSequence name, Object value) {
        CharSequence text =
                value instanceof String || value instanceof AsciiString
                        ? (CharSequence) value
                        : value.toString();
        if (checks) {
            LineRules.check(name, text);
        }
        put(name, text);
        return this;
    }

    @Override
    public @Nullable String get(CharSequence name) {
        int at = find(name, 0);
        return at < 0 ? null : texts[at + 1].toString();
    }

    @Override
    public List<String> getAll(CharSequence name) {
        int at = find(name, 0);
        if (at < 0) {
            return List.of();
        }
        String first = texts[at + 1].toString();
        int second = find(name, at + 2);
        if (second < 0) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>(List.of(first));
        for (int i = second; i >= 0; i = find(name, i + 2)) {
            all.add(texts[i + 1].toString());
        }
        return all;
    }

    @Override
    public boolean contains(CharSequence name) {
        return find(name, 0) >= 0;
    }

    @Override
    public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
        for (int at = find(name, 0); at >= 0; at = find(name, at + 2)) {
            CharSequence text = texts[at + 1];
            if (AsciiString.indexOf(text, ',', 0) >= 0) {
                return super.containsValue(name, value, ignoreCase);
            }
            CharSequence bare = AsciiString.trim(text);
            if (ignoreCase
                    ? AsciiString.contentEqualsIgnoreCase(bare, value)
                    : AsciiString.contentEquals(bare, value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        return checked(name, value);
    }

    @Override
    public HttpHeaders add(HttpHeaders others) {
        if (others instanceof Lines lines) {
            for (int i = 0; i < lines.length; i += 2) {
                checked(lines.texts[i], lines.texts[i + 1]);
            }
            return this;
        }
        others.iteratorCharSequence()
                .forEachRemaining(line -> checked(line.getKey(), line.getValue()));
        return this;
    }

    @Override
    public HttpHeaders set(CharSequence name, Object value) {
        remove(name);
        return checked(name, value);
    }

    @Override
    public HttpHeaders set(HttpHeaders others) {
        clear();
        return add(others);
    }

    @Override
    public HttpHeaders remove(CharSequence name) {
        int kept = find(name, 0);
        if (kept < 0) {
            return this;
        }
        int from = kept;
        for (int at = find(name, from); at >= 0; at = find(name, from)) {
            System.arraycopy(texts, from, texts, kept, at - from);
            kept += at - from;
            from = at + 2;
        }
        System.arraycopy(texts, from, texts, kept, length - from);
        cut(kept + length - from);
        return this;
    }

    @Override
    public HttpHeaders clear() {
        cut(0);
        return this;
    }

    @Override
    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public int size() {
        return length / 2;
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < length;
            }

            @Override
            public Map.Entry<CharSequence, CharSequence> next() {
                if (next >= length) {
                    throw new NoSuchElementException();
                }
                next += 2;
                return new AbstractMap.SimpleImmutableEntry<>(texts[next - 2], texts[next - 1]);
            }
        };
    }

    @Override
    public HttpHeaders copy() {
        Lines lines = new Lines(checks, 0);
        lines.texts = texts.clone();
        lines.length = length;
        return lines;
    }

    /// The lines of a message that came through a decoder of ours, or that this node made.
    ///
    /// @throws ClassCastException when they are neither, which is a bug
    public static Lines of(HttpHeaders headers) {
        return (Lines) headers;
    }

    /// Adds all of the others, which were looked at when they were put there.
    public void append(Lines others) {
        int more = others.length;
        if (texts.length - length < more) {
            texts = Arrays.copyOf(texts, Math.max(2 * length, length + more));
        }
        System.arraycopy(others.texts, 0, texts, length, more);
        length += more;
    }
}
