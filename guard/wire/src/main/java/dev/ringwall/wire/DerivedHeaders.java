package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the library wants of headers that follows from their texts.
abstract class DerivedHeaders extends HttpHeaders {

    @Override
    public abstract @Nullable String get(CharSequence name);

    @Override
    public @Nullable String get(String name) {
        return get((CharSequence) name);
    }

    @Override
    public List<String> getAll(String name) {
        return getAll((CharSequence) name);
    }

    @Override
    public boolean contains(String name) {
        return contains((CharSequence) name);
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        return add((CharSequence) name, value);
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> values) {
        values.forEach(value -> add((CharSequence) name, value));
        return this;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        return set((CharSequence) name, value);
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> values) {
        remove((CharSequence) name);
        return add(name, values);
    }

    @Override
    public HttpHeaders remove(String name) {
        return remove((CharSequence) name);
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return add(name, Short.toString(value));
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        return set(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        return set(name, Short.toString(value));
    }

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        String text = get(name);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }

    @Override
    public int getInt(CharSequence name, int otherwise) {
        Integer number = getInt(name);
        return number == null ? otherwise : number;
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        String text = get(name);
        try {
            return text == null ? null : Short.valueOf(text);
        } catch (NumberFormatException notOne) {
            return null;
        }
    }

    @Override
    public short getShort(CharSequence name, short otherwise) {
        Short number = getShort(name);
        return number == null ? otherwise : number;
    }

    @Override
    public @Nullable Long getTimeMillis(CharSequence name) {
        String text = get(name);
        try {
            return text == null
                    ? null
                    : Long.valueOf(
                            Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
                                    .toEpochMilli());
        } catch (DateTimeException notOne) {
            return null;
        }
    }

    @Override
    public long getTimeMillis(CharSequence name, long otherwise) {
        Long millis = getTimeMillis(name);
        return millis == null ? otherwise : millis;
    }

    @Override
    public List<Map.Entry<String, String>> entries() {
        List<Map.Entry<String, String>> entries = new ArrayList<>(size());
        iteratorCharSequence()
                .forEachRemaining(line ->
                        entries.add(
                                Map.entry(line.getKey().toString(), line.getValue().toString())));
        return entries;
    }

    @Override
    @SuppressWarnings("deprecation") // the library still calls it
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries().iterator();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        iteratorCharSequence().forEachRemaining(line -> names.add(line.getKey().toString()));
        return names;
    }
}
