package dev.ringwall.gateway;

import dev.ringwall.keys.SealedClaims;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Finds out whose a token is that was given to a client with ids of its own (OpenID Connect Core §8.1): its `sub` and `sid` are the client's, and
/// who that is here stands in it sealed. The keys are asked for anew when one is not known, for they rotate. Any thread may use it.
final class SealedCallers {

    /// The claim.
    static final String CLAIM = "ringwall_sealed";

    private final Set<String> clients;
    private final Secrets secrets;
    private volatile @Nullable SealedClaims keys;

    /// @param clients those whose tokens must have it
    SealedCallers(Set<String> clients, Secrets secrets) {
        this.clients = Set.copyOf(clients);
        this.secrets = secrets;
    }

    /// No client has ids of its own.
    static SealedCallers none() {
        return new SealedCallers(Set.of(), Secrets.NONE);
    }

    /// The clients of the declaration that have ids of their own.
    static Set<String> clients(Blueprint blueprint) {
        return blueprint.declaration().clients().values().stream()
                .filter(client -> client.subject() == Client.Subject.PAIRWISE)
                .map(Client::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether it expects the same of each token.
    boolean areFor(Set<String> others) {
        return clients.equals(others);
    }

    /// Whose a token is.
    sealed interface Whose {
        /// Theirs, by the ids of this system.
        record Theirs(String subject, String session) implements Whose {}

        /// It cannot be told.
        record Unknown(String note) implements Whose {}
    }

    /// Whose the token with this payload is. Its signature is good, so nobody but the issuer put there what is sealed; it must still be about this very token, so
    /// that also an issuer that mixed up two of them names nobody else.
    Whose of(JsonNode payload) {
        String client = payload.path("client_id").asString("");
        String subject = payload.path("sub").asString("");
        String sealed = payload.path(CLAIM).asString("");
        if (sealed.isEmpty()) {
            return payload.has(CLAIM) || (clients.contains(client) && !subject.equals(client))
                    ? new Whose.Unknown("nothing sealed in a token of `" + client + "`")
                    : new Whose.Theirs(subject, payload.path("sid").asString(""));
        }
        Optional<JsonNode> opened = open(sealed);
        if (opened.isEmpty()) {
            return new Whose.Unknown("what is sealed in it does not open");
        }
        JsonNode says = opened.get();
        String account = says.path("sub").asString("");
        boolean ofThisToken =
                !account.isEmpty()
                        && !client.isEmpty()
                        && client.equals(says.path("client_id").asString(""))
                        && !says.path("jti").asString("").isEmpty()
                        && payload.path("jti").asString("").equals(says.path("jti").asString(""));
        return ofThisToken
                ? new Whose.Theirs(account, says.path("sid").asString(""))
                : new Whose.Unknown("what is sealed in it is of another token");
    }

    private Optional<JsonNode> open(String sealed) {
        SealedClaims known = keys;
        if (known == null || !known.hasKeyOf(sealed)) {
            known = fetched();
        }
        if (known == null) {
            return Optional.empty();
        }
        try {
            return known.open(sealed).map(StrictJson::tree);
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private @Nullable SealedClaims fetched() {
        try {
            secrets.secret(SealedClaims.SECRET)
                    .map(String::new)
                    .map(SealedClaims::by)
                    .ifPresent(fresh -> keys = fresh);
            return keys;
        } catch (IllegalArgumentException unreadable) {
            return keys;
        }
    }
}
