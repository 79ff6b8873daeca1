package dev.ringwall.identity;

import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.ClientKeys;
import dev.ringwall.people.ClientWish;
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
    }

    /// By which algorithms it wants to be spoken to, and will speak itself (OpenID Connect Dynamic Client Registration 1.0 §2).
    ///
    /// @param told what the provider signs with for clients
    /// @param keys its public keys; null where it has none, or they are elsewhere
    /// @param published whether they are elsewhere
    ClientWish.Signing signing(Set<SigningAlgorithm> told, @Nullable String keys, boolean published)
            throws UnusableMetadata {
        Set<String> words = new TreeSet<>();
        told.forEach(algorithm -> words.add(algorithm.word()));
        String idToken = oneOf("id_token_signed_response_alg", words);
        String chosen = idToken == null ? SigningAlgorithm.ES256.word() : idToken;
        oneOf("introspection_signed_response_alg", Set.of(chosen));
        return new ClientWish.Signing(
                SigningAlgorithm.of(chosen).orElseThrow(),
                own("token_endpoint_auth_signing_alg", keys, published),
                own("request_object_signing_alg", keys, published));
    }

    /// An algorithm that one of its own keys signs with.
    private @Nullable String own(String name, @Nullable String keys, boolean published)
            throws UnusableMetadata {
        String algorithm = oneOf(name, Set.copyOf(ClientKeys.ALGORITHMS));
        if (algorithm != null
                && !published
                && !(keys != null
                        && ClientKeys.read(keys) instanceof ClientKeys.Reading.Usable(var all)
                        && all.signWith(algorithm))) {
            throw UnusableMetadata.because(
                    "`"
                            + name
                            + "` is one that no key of `jwks` signs with (expected: with such a key)");
        }
        return algorithm;
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
