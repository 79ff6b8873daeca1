package dev.ringwall.gateway;

import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.policy.Caller;
import java.time.Instant;
import java.util.HashSet;
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
        Optional<String> prior) {

    TxnClaims {
        roles = Set.copyOf(roles);
    }

    /// Reads them; empty when one that is needed is missing or of the wrong kind.
    static Optional<TxnClaims> read(byte[] payload) {
        try {
            JsonNode json = StrictJson.JSON.readTree(payload);
            JsonNode context = json.path("rctx");
            if (!json.path("iat").isIntegralNumber()
                    || !json.path("exp").isIntegralNumber()
                    || !json.path("sub").isString()
                    || !json.path("scope").isString()
                    || !context.path("kind").isString()) {
                return Optional.empty();
            }
            Set<String> roles = new HashSet<>();
            for (JsonNode role : context.path("roles")) {
                roles.add(role.asString(""));
            }
            JsonNode prior = json.path("prior");
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
                            prior.isString() ? Optional.of(prior.asString()) : Optional.empty()));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// Who a token says it is from. Not believed by anybody: it only tells by whose name the signature is to be checked.
    static Optional<String> issuerSaid(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        if (first < 0 || last <= first) {
            return Optional.empty();
        }
        return read(new Base64URL(token.substring(first + 1, last)).decode())
                .map(TxnClaims::issuer);
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
