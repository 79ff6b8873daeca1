package dev.ringwall.link;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The components of a record, in order, and how one is made of them.
///
/// @param make its canonical constructor
record RecordForm(List<Part> parts, Constructor<?> make) {

    private static final Map<Class<?>, RecordForm> KNOWN = new ConcurrentHashMap<>();

    /// One component.
    record Part(String name, Type type, Method accessor) {

        @Nullable Object of(Record value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("a component that nobody can read", impossible);
            }
        }
    }

    static RecordForm of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, RecordForm::look);
    }

    private static RecordForm look(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return new RecordForm(
                    Stream.of(components)
                            .map(one ->
                                    new Part(
                                            one.getName(), one.getGenericType(), one.getAccessor()))
                            .toList(),
                    type.getConstructor(types));
        } catch (NoSuchMethodException notPublic) {
            throw new IllegalStateException(type + " is not public", notPublic);
        }
    }

    /// Where that component is; negative where there is none.
    int indexOf(String name) {
        for (int at = 0; at < parts.size(); at++) {
            if (parts.get(at).name.equals(name)) {
                return at;
            }
        }
        return -1;
    }

    /// @throws InvocationTargetException where the constructor refuses them
    Object made(@Nullable Object[] values) throws InvocationTargetException {
        try {
            return make.newInstance(values);
        } catch (InstantiationException | IllegalAccessException impossible) {
            throw new IllegalStateException("a record that nobody can make", impossible);
        }
    }
}
