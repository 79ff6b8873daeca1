package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.limits.CountKey;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.policy.Caller;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Finds out who calls. From outside by an access token or an API key; between nodes by the peer's certificate and the token that it
/// speaks with; on the way out it is the one service that the listener belongs to.
///
/// A credential that is shown must be good, even where none is needed. A signature that was not seen before is checked elsewhere, so
/// that a flood of bad ones does not hold up anybody else.
final class AuthenticateRing implements Gate {

    private static final String BEARER = "bearer ";
    private static final String DPOP = "dpop ";

    private final Tools tools;

    AuthenticateRing(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Ring ring() {
        return Ring.AUTHENTICATE;
    }

    @Override
    public Passage pass(Exchange exchange) {
        if (exchange.destination() instanceof Destination.ToIdentity) {
            return Passage.PASSED;
        }
        return switch (exchange.arrival().listener()) {
            case Listener.Door _ -> outsider(exchange);
            case Listener.Inbound _ -> peer(exchange);
            case Listener.Outbound _ -> own(exchange);
        };
    }

    private Passage outsider(Exchange exchange) {
        HttpHeaders headers = exchange.head().headers();
        List<String> authorizations = Names.all(headers, HttpHeaderNames.AUTHORIZATION);
        List<String> keys = Names.all(headers, Names.KEY);
        List<String> offered =
                WebSocket.asked(exchange.head())
                        ? WebSocket.bearers(exchange.head())
                        : List.<String>of();
        if (authorizations.size() + keys.size() + offered.size() > 1) {
            return failed(exchange, Reason.TOKEN_MALFORMED, "more than one credential");
        }
        if (!offered.isEmpty()) {
            return token(exchange, offered.getFirst(), false);
        }
        if (authorizations.isEmpty() && keys.isEmpty()) {
            return new Passage.Passed("no credential");
        }
        if (!keys.isEmpty()) {
            return key(exchange, keys.getFirst());
        }
        String authorization = authorizations.getFirst();
        if (authorization.regionMatches(true, 0, DPOP, 0, DPOP.length())) {
            return token(exchange, authorization.substring(DPOP.length()).strip(), true);
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return failed(exchange, Reason.TOKEN_MALFORMED, "a scheme other than Bearer and DPoP");
        }
        String credential = authorization.substring(BEARER.length()).strip();
        return credential.startsWith(ApiKeys.PREFIX)
                ? key(exchange, credential)
                : token(exchange, credential, false);
    }

    private Passage key(Exchange exchange, String text) {
        InetAddress from = exchange.arrival().address();
        return switch (exchange.plan().keys().check(text, from, exchange.at())) {
            case Proof.Proved(Caller caller) -> {
                exchange.standing((plan, now) ->
                        plan.keys().check(text, from, now)
                                        instanceof Proof.Unproved(Reason lost, var _)
                                ? Optional.of(lost)
                                : Optional.empty());
                yield proved(exchange, caller, Optional.empty());
            }
            case Proof.Unproved(Reason reason, String note) -> failed(exchange, reason, note);
        };
    }

    /// @param proves whether the caller offers to prove that it holds the token's key; that takes a signature each time
    private Passage token(Exchange exchange, String token, boolean proves) {
        AccessTokens tokens = exchange.plan().tokens();
        Instant now = exchange.at();
        AccessTokens.Checked known = tokens.known(token, now);
        return known != null && !proves
                ? settle(exchange, token, known, false)
                : tools.workers()
                        .later(() ->
                                settle(
                                        exchange,
                                        token,
                                        known == null ? tokens.check(token, now) : known,
                                        proves));
    }

    private Passage settle(
            Exchange exchange, String token, AccessTokens.Checked checked, boolean proves) {
        return switch (checked) {
            case AccessTokens.Checked.Bad(Reason reason, String note) ->
                    failed(exchange, reason, note);
            case AccessTokens.Checked.Good(AccessTokens.Claims claims) -> {
                if (exchange.plan().revocations().token(claims, exchange.at())) {
                    yield failed(exchange, Reason.TOKEN_REVOKED, "revoked");
                }
                yield held(exchange, claims, held(exchange, token, claims.binding(), proves));
            }
        };
    }

    private Passage held(
            Exchange exchange, AccessTokens.Claims claims, DpopProofs.Checked checked) {
        return switch (checked) {
            case DpopProofs.Checked.Good() -> {
                exchange.standing(Standing.of(claims));
                yield proved(exchange, claims.caller(), Optional.empty());
            }
            case DpopProofs.Checked.GoodWithNext(String nonce) -> {
                exchange.answerHeaders().set("dpop-nonce", nonce);
                yield held(exchange, claims, new DpopProofs.Checked.Good());
            }
            case DpopProofs.Checked.Bad(Reason reason, String note)
                    when reason == Reason.PROOF_NONCE_MISSING ->
                    new Passage.Refused(
                            reason,
                            List.of(),
                            note,
                            Map.of("dpop-nonce", tools.proofs().nonces().current(exchange.at())));
            case DpopProofs.Checked.Bad(Reason reason, String note) ->
                    failed(exchange, reason, note);
            case DpopProofs.Checked.Asked(CompletionStage<DpopProofs.Checked> then) ->
                    new Passage.Later(then.thenApply(told -> held(exchange, claims, told)));
        };
    }

    /// Whether the token is in the hands that it was given to (RFC 9449 §7.1, §7.2).
    private DpopProofs.Checked held(
            Exchange exchange, String token, AccessTokens.Binding binding, boolean proves) {
        return switch (binding) {
            case AccessTokens.Binding.Bearer() ->
                    proves
                            ? new DpopProofs.Checked.Bad(
                                    Reason.PROOF_NOT_VALID, "the token is bound to no key")
                            : new DpopProofs.Checked.Good();
            case AccessTokens.Binding.Unknown() ->
                    new DpopProofs.Checked.Bad(
                            Reason.PROOF_MISSING, "bound to what is not known here");
            case AccessTokens.Binding.ToCertificate(String thumbprint) ->
                    proves
                            ? new DpopProofs.Checked.Bad(
                                    Reason.PROOF_NOT_VALID, "the token is bound to a certificate")
                            : BoundCertificate.shown(exchange, thumbprint);
            case AccessTokens.Binding.ToKey(String thumbprint) -> {
                List<String> proofs = exchange.head().headers().getAll(Names.DPOP);
                yield proves && proofs.size() == 1
                        ? tools.proofs()
                                .check(
                                        proofs.getFirst(),
                                        new DpopProofs.Use(
                                                exchange.head().method().name(),
                                                exchange.plan().snapshot().audience()
                                                        + exchange.target().path(),
                                                token,
                                                thumbprint),
                                        exchange.at())
                        : new DpopProofs.Checked.Bad(
                                Reason.PROOF_MISSING,
                                proves ? proofs.size() + " proofs" : "shown as a bearer's");
            }
        };
    }

    private Passage peer(Exchange exchange) {
        Peer peer = exchange.arrival().peer().orElseThrow();
        SpiffeId self = new SpiffeId(peer.id().system(), exchange.arrival().listener().node());
        List<String> tokens = exchange.head().headers().getAll(Names.TXN_TOKEN);
        if (tokens.size() != 1) {
            Reason reason = tokens.isEmpty() ? Reason.TXN_TOKEN_MISSING : Reason.TXN_TOKEN_INVALID;
            return new Passage.Refused(
                    reason, tokens.size() + " transaction tokens from " + peer.id());
        }
        String token = tokens.getFirst();
        TxnTokens.Checked known = tools.txnTokens().known(token, peer, self);
        return known != null
                ? settle(exchange, known)
                : tools.workers()
                        .later(() -> settle(exchange, tools.txnTokens().check(token, peer, self)));
    }

    private static Passage settle(Exchange exchange, TxnTokens.Checked checked) {
        return switch (checked) {
            case TxnTokens.Invalid(String note) ->
                    new Passage.Refused(Reason.TXN_TOKEN_INVALID, note);
            case TxnTokens.Verified token -> {
                String asked = exchange.operation().orElseThrow().id();
                if (!token.scope().equals(asked)) {
                    yield new Passage.Refused(
                            Reason.TXN_TOKEN_INVALID, "for " + token.scope() + ", not " + asked);
                }
                exchange.seenFrom(token.address());
                yield proved(exchange, token.caller(), token.onBehalfOf());
            }
        };
    }

    private Passage own(Exchange exchange) {
        Listener listener = exchange.arrival().listener();
        Caller service = new Caller.Workload(listener.node(), Optional.empty());
        List<String> handed = exchange.head().headers().getAll(Names.TXN_TOKEN);
        if (handed.isEmpty()) {
            return proved(exchange, service, Optional.empty());
        }
        if (handed.size() > 1) {
            return new Passage.Refused(
                    Reason.TXN_TOKEN_INVALID, handed.size() + " transaction tokens");
        }
        SpiffeId self = listener.identity().get().id().orElseThrow();
        String token = handed.getFirst();
        TxnTokens.Checked known = tools.txnTokens().knownHanded(token, self);
        return known != null
                ? handed(exchange, service, token, known)
                : tools.workers()
                        .later(() ->
                                handed(
                                        exchange,
                                        service,
                                        token,
                                        tools.txnTokens().checkHanded(token, self)));
    }

    /// Only the gateway's own word travels on: past the second service a call is that service's own.
    private static Passage handed(
            Exchange exchange, Caller service, String token, TxnTokens.Checked checked) {
        return switch (checked) {
            case TxnTokens.Invalid(String note) ->
                    new Passage.Refused(Reason.TXN_TOKEN_INVALID, note);
            case TxnTokens.Verified verified -> {
                if (verified.caller() instanceof Caller.Workload) {
                    yield proved(exchange, service, Optional.empty());
                }
                exchange.handedToken(new TxnTokens.Handed(token, verified.by()));
                exchange.seenFrom(verified.address());
                yield proved(exchange, service, Optional.of(verified.caller()));
            }
        };
    }

    /// Also runs off the event loop: what it sets is read only after the stage that it completes.
    private static Passage proved(Exchange exchange, Caller caller, Optional<Caller> onBehalfOf) {
        Caller proved =
                caller instanceof Caller.Workload(String service, var _) && onBehalfOf.isPresent()
                        ? new Caller.Workload(service, onBehalfOf)
                        : caller;
        exchange.caller(proved, onBehalfOf);
        TxnTokens.Told told = TxnTokens.Told.of(proved);
        return new Passage.Passed(told.kind() + " " + told.subject());
    }

    private Passage failed(Exchange exchange, Reason reason, String note) {
        tools.limits()
                .failures()
                .take(CountKey.of(exchange.arrival().address()), LimitRing.nanos(exchange.at()));
        return new Passage.Refused(reason, note);
    }
}
