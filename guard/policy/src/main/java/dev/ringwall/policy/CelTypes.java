package dev.ringwall.policy;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.Optional;
import java.util.Set;

/// What conditions may see, with its types; `docs/reference/conditions.md` explains it to users.
final class CelTypes implements CelTypeProvider {

    static final String CALLER_NAME = "caller";
    static final String REQUEST_NAME = "request";

    /// The answer's body: any JSON, its type known only when it is there.
    static final String RESPONSE = "response";

    static final String RESPONSE_STATUS = "response_status";
    static final String RESPONSE_HEADERS = "response_headers";

    /// The names that stand for the answer.
    static final Set<String> OF_THE_ANSWER = Set.of(RESPONSE, RESPONSE_STATUS, RESPONSE_HEADERS);

    static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    static final StructType CALLER =
            struct(
                    CALLER_NAME,
                    ImmutableMap.of(
                            "id", SimpleType.STRING,
                            "kind", SimpleType.STRING,
                            "roles", ListType.create(SimpleType.STRING),
                            "client", SimpleType.STRING,
                            "via", SimpleType.STRING));

    static final StructType REQUEST =
            struct(
                    REQUEST_NAME,
                    ImmutableMap.of(
                            "method", SimpleType.STRING,
                            "path", SimpleType.STRING,
                            "params", TEXTS,
                            "query", TEXTS,
                            "headers", TEXTS,
                            "address", SimpleType.STRING,
                            "time", SimpleType.TIMESTAMP));

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.of(CALLER, REQUEST);
    }

    @Override
    public Optional<CelType> findType(String name) {
        return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }
}
