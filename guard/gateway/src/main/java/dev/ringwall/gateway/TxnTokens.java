package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SignedToken;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.Thumbprint;
import dev.ringwall.keys.X5c;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import dev.ringwall.policy.Caller;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one node tells the next about a caller: a short-lived token, signed with the node's own identity, bound to the connection's
/// certificate, to one receiver and to one operation (draft-ietf-oauth-transaction-tokens, RFC 8705 §3.1 for the binding).
///
/// A token only names its signer's certificate. The key that it is checked with is that of the peer on the connection; of a peer whose token
/// was taken here lately, where a service shows again what it was handed; and of the gateway whose chain is beside a token inside another.
///
/// Making and checking takes a signature; both are remembered, so any thread may use it and event loops ask `known…` first.
final class TxnTokens {

    /// The `typ` of every such token.
    static final String TYPE = "txntoken+jwt";

    /// How long one counts.
    static final Duration LIFETIME = Duration.ofSeconds(30);

    /// How long one is sent again for the same caller and operation.
    static final Duration REUSED = Duration.ofSeconds(10);

    /// How far apart the clocks of two nodes may be.
    static final Duration SKEW = Duration.ofSeconds(5);

    /// The longest token that is looked at, in characters; one inside another included.
    static final int LENGTH_MAX = 24 << 10;

    /// So many are remembered, made and checked each.
    static final int REMEMBERED_MAX = 20_000;

    /// In the place of a peer's certificate where there is no peer but the service itself.
    private static final String HANDED = "handed";

    private final InstantSource clock;
    private final TxnCheck check;
    private final Signers signers;
    private final Remembered<Statement, Made> made = new Remembered<>(REMEMBERED_MAX);
    private final Remembered<Shown, Verified> checked = new Remembered<>(REMEMBERED_MAX);

    TxnTokens(PeerVerifier verifier, InstantSource clock) {
        this.clock = clock;
        this.check = new TxnCheck(verifier, clock);
        this.signers = new Signers(clock);
    }

    /// What a token is to say.
    ///
    /// @param caller  who calls; the service itself where a service calls
    /// @param address the client's, as the door saw it
    /// @param prior   on whose behalf a service calls
    record Statement(
            Identity by,
            SpiffeId to,
            OperationName operation,
            Caller caller,
            String address,
            Optional<Handed> prior) {}

    /// A token that a service was handed and shows again, and who signed it.
    record Handed(String token, Peer by) {}

    /// Kept as bytes, as which it is sent.
    private record Made(AsciiString token, Instant at) {}

    private record Shown(String token, String thumbprint, SpiffeId to) {}

    /// What a token said, once it was checked.
    ///
    /// @param onBehalfOf the caller of the token inside, if there is one
    record Verified(
            Caller caller,
            Optional<Caller> onBehalfOf,
            String scope,
            String address,
            Instant expires,
            Peer by)
            implements Checked {}

    /// What became of a token.
    sealed interface Checked permits Verified, Invalid {}

    /// It does not count here.
    record Invalid(String note) implements Checked {}

    /// The token for that, if one was made lately.
    @Nullable AsciiString knownFor(Statement statement) {
        Made known = made.find(statement);
        return known == null || !clock.instant().isBefore(known.at().plus(REUSED))
                ? null
                : known.token();
    }

    /// Makes the token for that.
    String make(Statement statement, String request) {
        Instant now = clock.instant();
        Map<String, Object> context = new TreeMap<>();
        Told told = Told.of(statement.caller());
        context.put("kind", told.kind());
        if (!told.roles().isEmpty()) {
            context.put("roles", told.roles());
        }
        if (!told.client().isEmpty()) {
            context.put("client", told.client());
        }
        context.put("address", statement.address());
        if (statement.to().name().equals(Service.BUILT_IN)) {
            scopes(statement.caller()).ifPresent(scopes -> context.put("scopes", scopes));
        }
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", statement.by().id().orElseThrow().toString());
        claims.put("aud", statement.to().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("txn", request);
        claims.put("sub", told.subject());
        claims.put("scope", statement.operation().toString());
        claims.put("rctx", context);
        claims.put("cnf", Map.of("x5t#S256", Thumbprint.of(statement.by().certificate())));
        statement
                .prior()
                .ifPresent(prior -> {
                    claims.put(TxnClaims.PRIOR, prior.token());
                    claims.put(TxnClaims.PRIOR_CHAIN, X5c.write(prior.by().chain()));
                });
        String token = SignedToken.sign(TYPE, StrictJson.write(claims), statement.by());
        made.keep(statement, new Made(AsciiString.cached(token), now));
        return token;
    }

    /// All that the caller's own token is worth: who gives rights to others must hold them by that very token. A key has no scopes.
    private static Optional<Set<String>> scopes(Caller caller) {
        return switch (caller) {
            case Caller.Person(var _, var _, Set<String> scopes, var _) ->
                    Optional.of(new TreeSet<>(scopes));
            case Caller.Client(var _, var _, Set<String> scopes) ->
                    Optional.of(new TreeSet<>(scopes));
            case Caller.Stranger _, Caller.Key _, Caller.Workload _ -> Optional.empty();
        };
    }

    /// What is known of a token that the peer showed; null when it has to be checked, which takes a while.
    @Nullable Checked known(String token, Peer peer, SpiffeId to) {
        if (token.length() > LENGTH_MAX) {
            return new Invalid("longer than " + LENGTH_MAX + " characters");
        }
        Verified known = checked.find(new Shown(token, peer.thumbprint(), to));
        return known == null ? null : check.inTime(known);
    }

    /// Checks a token that the peer showed to that receiver: its own signature, its own name, bound to its own certificate.
    Checked check(String token, Peer peer, SpiffeId to) {
        Checked outcome = check.outer(token, signers.known(peer), to);
        if (outcome instanceof Verified verified) {
            signers.took(verified.by(), verified.expires().plus(SKEW));
        }
        return remember(new Shown(token, peer.thumbprint(), to), outcome);
    }

    /// What is known of a token that a service was handed and shows to its own sidecar; null when it has to be checked.
    @Nullable Checked knownHanded(String token, SpiffeId service) {
        if (token.length() > LENGTH_MAX) {
            return new Invalid("longer than " + LENGTH_MAX + " characters");
        }
        Verified known = checked.find(new Shown(token, HANDED, service));
        return known == null ? null : check.inTime(known);
    }

    /// Checks a token that a service was handed with a call and shows to its own sidecar: for that service, by whoever called it.
    Checked checkHanded(String token, SpiffeId service) {
        Optional<String> signer = SignedToken.thumbprintSaid(token);
        if (signer.isEmpty()) {
            return new Invalid("a header without x5t#S256");
        }
        return signers.find(signer.get())
                .map(by ->
                        remember(
                                new Shown(token, HANDED, service), check.outer(token, by, service)))
                .orElseGet(() ->
                        new Invalid(
                                "nobody with the certificate "
                                        + signer.get()
                                        + " has called here since this node was started, or lately"));
    }

    private Checked remember(Shown shown, Checked outcome) {
        if (outcome instanceof Verified verified) {
            checked.keep(shown, verified);
        }
        return outcome;
    }

    /// A caller in the words of a token.
    record Told(String kind, String subject, Set<String> roles, String client) {
        static Told of(Caller caller) {
            return switch (caller) {
                case Caller.Stranger() -> new Told("anyone", "-", Set.of(), "");
                case Caller.Person(String id, Set<String> roles, var _, String client) ->
                        new Told("person", id, roles, client);
                case Caller.Key(String id, String role) -> new Told("key", id, Set.of(role), "");
                case Caller.Client(String id, Set<String> roles, var _) ->
                        new Told("client", id, roles, id);
                case Caller.Workload(String service, var _) ->
                        new Told("service", "service:" + service, Set.of(), "");
            };
        }
    }
}
