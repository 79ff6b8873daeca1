package dev.ringwall.gateway;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Who calls from outside: a bearer token, an API key, or nobody. Only the header is looked at; a token in the address is not.
///
/// A token that has been verified is remembered until it ends or the configuration changes. Unknown ones are verified off the event loop,
/// and an address that presents bad ones runs into a limit.
final class TokenGate implements Gate {

    static final int REMEMBERED_MAX = 100_000;
    static final Limit BAD_CREDENTIALS =
            new Limit(100, Duration.ofMinutes(1), Limit.Key.ADDRESS, Line.BUILT_IN);

    private static final String BEARER = "Bearer ";
    private static final String KEY_HEADER = "Ringwall-Key";
    private static final String KEY_PREFIX = "rw_";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Limiter limiter;
    private final InstantSource clock;
    private final Executor verifying;
    private final Map<String, Remembered> verified =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                            return size() > REMEMBERED_MAX;
                        }
                    });

    private record Remembered(Snapshot snapshot, Proof.Proved proof) {
        @SuppressWarnings("ReferenceEquality") // two snapshots of the same content are still two
        private boolean decidedBy(Snapshot current) {
            return snapshot == current;
        }
    }

    TokenGate(Limiter limiter, InstantSource clock, Executor verifying) {
        this.limiter = limiter;
        this.clock = clock;
        this.verifying = verifying;
    }

    @Override
    public Ring ring() {
        return Ring.AUTHENTICATE;
    }

    @Override
    public void look(Transit call, Consumer<Optional<Refusal>> then) {
        if (call.isToIdentity()) {
            then.accept(Optional.empty());
            return;
        }
        List<String> authorisation = call.request().headers().getAll(HttpHeaderNames.AUTHORIZATION);
        List<String> keys = call.request().headers().getAll(KEY_HEADER);
        if (authorisation.isEmpty() && keys.isEmpty()) {
            boolean open = call.operation().orElseThrow().allow() instanceof Allow.Anyone;
            call.proved(Proof.Proved.stranger(call.address()));
            then.accept(open ? Optional.empty() : Optional.of(Refusal.of(Reason.NO_TOKEN, "")));
            return;
        }
        String credential = credential(authorisation, keys);
        if (credential.isEmpty()) {
            settle(
                    call,
                    new Proof.Unproved(
                            Refusal.of(Reason.TOKEN_MALFORMED, "not one bearer credential")),
                    then);
        } else if (credential.startsWith(KEY_PREFIX)) {
            settle(
                    call,
                    ApiKeys.check(credential, call.address(), call.snapshot(), clock.instant()),
                    then);
        } else {
            token(call, credential, then);
        }
    }

    private static String credential(List<String> authorisation, List<String> keys) {
        if (authorisation.size() + keys.size() != 1) {
            return "";
        }
        if (!keys.isEmpty()) {
            return keys.getFirst();
        }
        String value = authorisation.getFirst();
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length())
                : "";
    }

    private void token(Transit call, String token, Consumer<Optional<Refusal>> then) {
        Remembered known = verified.get(token);
        if (known != null && known.decidedBy(call.snapshot())) {
            settle(call, ended(known.proof()) ? expired() : known.proof().at(call.address()), then);
            return;
        }
        verifying.execute(() -> {
            Proof proof;
            try {
                proof = AccessTokens.check(token, call.address(), call.snapshot(), clock.instant());
            } catch (RuntimeException unforeseen) {
                then.accept(
                        Optional.of(
                                Refusal.of(
                                        Reason.UNFORESEEN, unforeseen.getClass().getSimpleName())));
                return;
            }
            if (proof instanceof Proof.Proved proved) {
                verified.put(token, new Remembered(call.snapshot(), proved));
            }
            settle(call, proof, then);
        });
    }

    private boolean ended(Proof.Proved proof) {
        return clock.millis() >= proof.expiresAtMillis();
    }

    private static Proof expired() {
        return new Proof.Unproved(Refusal.of(Reason.TOKEN_EXPIRED, "expired"));
    }

    private void settle(Transit call, Proof proof, Consumer<Optional<Refusal>> then) {
        switch (proof) {
            case Proof.Proved proved -> {
                call.proved(proved);
                then.accept(Optional.empty());
            }
            case Proof.Unproved(Refusal refusal) -> {
                Limiter.Count count =
                        limiter.take(
                                "bad credentials|" + call.address(),
                                BAD_CREDENTIALS.count(),
                                BAD_CREDENTIALS.per().toNanos(),
                                clock.millis() * NANOS_PER_MILLI);
                then.accept(
                        Optional.of(
                                count.passed()
                                        ? refusal
                                        : LimitGate.refusal(BAD_CREDENTIALS, count)));
            }
        }
    }
}
