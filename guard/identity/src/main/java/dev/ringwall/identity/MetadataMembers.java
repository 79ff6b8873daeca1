package dev.ringwall.identity;

import dev.ringwall.people.ClientKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a program says of itself, member by member, each of the type that the standard gives it.
record MetadataMembers(JsonNode says) {

    /// Nothing is asked for that nobody here would do: a client that relied on it would be wrong.
    void nothingBeyond() throws UnusableMetadata {
        BeyondMetadata.check(says);
        oneOf("id_token_signed_response_alg", Set.of("ES256"));
        oneOf("request_object_signing_alg", Set.copyOf(ClientKeys.ALGORITHMS));
        oneOf("token_endpoint_auth_signing_alg", Set.copyOf(ClientKeys.ALGORITHMS));
    }

    @Nullable String text(String name) throws UnusableMetadata {
        JsonNode value = says.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw UnusableMetadata.because("`" + name + "` is no text");
        }
        return value.asString();
    }

    @Nullable String oneOf(String name, Set<String> known) throws UnusableMetadata {
        String text = text(name);
        if (text != null && !known.contains(text)) {
            throw UnusableMetadata.because(
                    "`%s` is something else than is done here (expected: %s)"
                            .formatted(name, String.join(" or ", new TreeSet<>(known))));
        }
        return text;
    }

    List<String> texts(String name) throws UnusableMetadata {
        JsonNode value = says.path(name);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        if (!value.isArray()) {
            throw UnusableMetadata.because("`" + name + "` is no list of texts");
        }
        for (JsonNode one : value) {
            if (!one.isString()) {
                throw UnusableMetadata.because("`" + name + "` is no list of texts");
            }
            texts.add(one.asString());
        }
        return texts;
    }
}
