package dev.ringwall.gateway;

import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.policy.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The claims of a transaction token, read and not yet believed.
record TxnClaims(
        String issuer,
        String audience,
        Instant issued,
        Instant expires,
        String subject,
        String scope,
        String kind,
        Set<String> roles,
        String client,
        String address,
        String thumbprint,
        Optional<Prior> prior) {

    /// A gateway's token, on whose behalf a service speaks.
    static final String PRIOR = "prior";

    /// The chain of that gateway, with which no connection of the receiver's is.
    static final String PRIOR_CHAIN = "prior_x5c";

    TxnClaims {
        roles = Set.copyOf(roles);
    }

    /// The token inside, on whose behalf the signer speaks, and the chain of who signed that one, base64 as in `x5c`.
    record Prior(String token, List<String> chain) {
        Prior {
            chain = List.copyOf(chain);
        }
    }

    /// Reads them; empty when one that is needed is missing or of the wrong kind.
    static Optional<TxnClaims> read(byte[] payload) {
        try {
            JsonNode json = StrictJson.tree(payload);
            JsonNode context = json.path("rctx");
            if (!json.path("iat").isIntegralNumber()
                    || !json.path("exp").isIntegralNumber()
                    || !json.path("sub").isString()
                    || !json.path("scope").isString()
                    || !context.path("kind").isString()
                    || json.has(PRIOR) != json.has(PRIOR_CHAIN)) {
                return Optional.empty();
            }
            Set<String> roles = new HashSet<>();
            for (JsonNode role : context.path("roles")) {
                roles.add(role.asString(""));
            }
            Optional<Prior> prior = prior(json);
            if (json.has(PRIOR) && prior.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new TxnClaims(
                            json.path("iss").asString(""),
                            json.path("aud").asString(""),
                            Instant.ofEpochSecond(json.path("iat").asLong()),
                            Instant.ofEpochSecond(json.path("exp").asLong()),
                            json.path("sub").asString(),
                            json.path("scope").asString(),
                            context.path("kind").asString(),
                            roles,
                            context.path("client").asString(""),
                            context.path("address").asString("-"),
                            json.path("cnf").path("x5t#S256").asString(""),
                            prior));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Prior> prior(JsonNode json) {
        List<String> chain = new ArrayList<>();
        for (JsonNode certificate : json.path(PRIOR_CHAIN)) {
            if (!certificate.isString() || chain.size() >= PeerVerifier.CHAIN_MAX) {
                return Optional.empty();
            }
            chain.add(certificate.asString());
        }
        return json.path(PRIOR).isString() && json.path(PRIOR_CHAIN).isArray()
                ? Optional.of(new Prior(json.path(PRIOR).asString(), chain))
                : Optional.empty();
    }

    /// The caller, as far as the signer may speak for one: the gateway for everyone outside, a service for itself alone.
    Optional<Caller> caller(SpiffeId signer) {
        if (!signer.equals(SpiffeId.gateway(signer.system()))) {
            return kind.equals("service") && subject.equals("service:" + signer.name())
                    ? Optional.of(new Caller.Workload(signer.name(), Optional.empty()))
                    : Optional.empty();
        }
        return switch (kind) {
            case "anyone" -> Optional.of(new Caller.Stranger());
            case "person" -> Optional.of(new Caller.Person(subject, roles, Set.of(scope), client));
            case "client" -> Optional.of(new Caller.Client(subject, roles, Set.of(scope)));
            case "key" ->
                    roles.size() == 1
                            ? Optional.of(new Caller.Key(subject, roles.iterator().next()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }
}
