package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Purpose;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who calls a sidecar: the peer that its certificate proves, and the caller that the peer's transaction token names.
final class PeerGate implements Gate.Prompt {

    static final String HEADER = "Txn-Token";

    private final SpiffeId self;
    private final InstantSource clock;

    PeerGate(SpiffeId self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    @Override
    public Ring ring() {
        return Ring.AUTHENTICATE;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        List<X509Certificate> chain = call.peerChain();
        if (!(call.snapshot().peers().verify(chain, Purpose.CLIENT)
                instanceof PeerVerifier.Verdict.Trusted(SpiffeId peer))) {
            return Optional.of(
                    Refusal.of(Reason.PEER_NOT_TRUSTED, "the certificate is not good any more"));
        }
        List<String> tokens = call.request().headers().getAll(HEADER);
        if (tokens.size() != 1) {
            return Optional.of(
                    Refusal.of(
                            tokens.isEmpty() ? Reason.TXN_TOKEN_MISSING : Reason.TXN_TOKEN_INVALID,
                            ""));
        }
        Proof proof =
                TxnTokenCheck.check(
                        tokens.getFirst(),
                        peer,
                        chain.getFirst(),
                        self,
                        call.operation().orElseThrow().name().toString(),
                        call.snapshot().peers(),
                        clock.instant());
        return switch (proof) {
            case Proof.Unproved(Refusal refusal) -> Optional.of(refusal);
            case Proof.Proved proved -> {
                call.proved(proved);
                yield Optional.empty();
            }
        };
    }

    /// A service's own way out: the caller is that service.
    static Gate.Prompt ofService(String service) {
        return new Gate.Prompt() {
            @Override
            public Ring ring() {
                return Ring.AUTHENTICATE;
            }

            @Override
            public Optional<Refusal> look(Transit call) {
                call.proved(
                        new Proof.Proved(
                                new Actor(
                                        Actor.Kind.SERVICE,
                                        "service:" + service,
                                        List.of(),
                                        call.address()),
                                Optional.empty(),
                                Optional.empty(),
                                Long.MAX_VALUE));
                return Optional.empty();
            }
        };
    }
}
