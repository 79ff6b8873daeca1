package dev.ringwall.control;

import dev.ringwall.keys.DoorKey;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.link.Messages;
import dev.ringwall.model.DoorCertificate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/// Asks an authority for one certificate (RFC 8555 §7.4), proving each name at the door itself (RFC 8737). Blocks.
final class AcmeOrder {

    private static final Duration PROOF_KNOWN_WITHIN = Duration.ofSeconds(40);
    private static final Duration PROVED_WITHIN = Duration.ofMinutes(1);
    private static final Duration ISSUED_WITHIN = Duration.ofMinutes(2);

    private final DoorCertificate.Acme declared;
    private final KeyPair account;
    private final Optional<String> external;
    private final Optional<ServerCertificate> before;
    private final DoorHandout handout;
    private final InstantSource clock;

    /// @param account  the key of our account; it is made known to the authority when it is not yet
    /// @param external the key of the account that the declaration names, in base64url
    /// @param before   the certificate that the new one takes the place of
    AcmeOrder(
            DoorCertificate.Acme declared,
            KeyPair account,
            Optional<String> external,
            Optional<ServerCertificate> before,
            DoorHandout handout,
            InstantSource clock) {
        this.clock = clock;
        this.declared = declared;
        this.account = account;
        this.external = external;
        this.before = before;
        this.handout = handout;
    }

    /// What became of it.
    sealed interface Outcome {
        /// A chain, leaf first, and its key.
        record Issued(Messages.KeyPair certificate) implements Outcome {}

        /// None, and why.
        ///
        /// @param notBefore when the authority wants to be asked again at the earliest
        record Failed(String why, Optional<Instant> notBefore) implements Outcome {}
    }

    Outcome obtain(Collection<String> hosts) throws InterruptedException {
        try (AcmeAuthority authority = AcmeAuthority.knownBy(declared.trust().map(Path::of))) {
            Session session = authority.session(declared.directory());
            Metadata said = session.getMetadata();
            if (said.getTermsOfService().isPresent() && !declared.agreed()) {
                return failed(
                        "has terms, "
                                + said.getTermsOfService().get()
                                + " (expected: `terms: agreed`, once they are)");
            }
            if (said.isExternalAccountRequired() && declared.account().isEmpty()) {
                return failed(
                        "wants to be shown an account that one has with it (expected: `external-account`)");
            }
            if (declared.account().isPresent() && external.isEmpty()) {
                String secret = declared.account().get().secret();
                return failed(
                        "the secret "
                                + secret
                                + " is not set (expected: the key of the account; `ringwall secret set "
                                + secret
                                + "`)");
            }
            return ordered(order(login(session), hosts));
        } catch (AcmeRateLimitedException tooOften) {
            return new Outcome.Failed(said(tooOften), tooOften.getRetryAfter());
        } catch (AcmeException refused) {
            return failed(said(refused));
        } catch (AcmeLazyLoadingException | AcmeProtocolException nonsense) {
            return failed("answers what makes no sense here: " + said(nonsense));
        } catch (NoSuchFileException missing) {
            return failed(missing.getMessage() + " is not there");
        } catch (IOException | IllegalArgumentException unusable) {
            return failed(String.valueOf(unusable.getMessage()));
        }
    }

    private Login login(Session session) throws AcmeException {
        AccountBuilder ours = new AccountBuilder().useKeyPair(account);
        declared.contact().ifPresent(ours::addEmail);
        if (declared.agreed()) {
            ours.agreeToTermsOfService();
        }
        if (declared.account().isPresent() && external.isPresent()) {
            ours.withKeyIdentifier(declared.account().get().id(), external.get());
        }
        return ours.createLogin(session);
    }

    /// Says which certificate it takes the place of, to authorities that ask for that (RFC 9773 §5). Where one does not take it (it knows
    /// that certificate as another account's, or as replaced), a certificate is worth more than having said so.
    private Order order(Login login, Collection<String> hosts) throws AcmeException {
        OrderBuilder plain = login.newOrder().domains(hosts);
        Optional<ServerCertificate> replaced =
                login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()
                        ? before.filter(one -> one.missing(hosts).size() < hosts.size())
                        : Optional.empty();
        if (replaced.isEmpty()) {
            return plain.create();
        }
        try {
            return login.newOrder()
                    .domains(hosts)
                    .replaces(replaced.get().chain().getFirst())
                    .create();
        } catch (AcmeRateLimitedException tooOften) {
            throw tooOften;
        } catch (AcmeServerException | AcmeProtocolException notThatOne) {
            return plain.create();
        }
    }

    private Outcome ordered(Order order) throws AcmeException, InterruptedException {
        List<Authorization> open = new ArrayList<>();
        Map<String, Messages.KeyPair> proofs = new HashMap<>();
        for (Authorization authorization : order.getAuthorizations()) {
            if (authorization.getStatus() == Status.VALID) {
                continue;
            }
            Optional<TlsAlpn01Challenge> challenge =
                    authorization.findChallenge(TlsAlpn01Challenge.class);
            if (challenge.isEmpty()) {
                return failed(
                        "does not ask for "
                                + host(authorization)
                                + " at the door (expected: the challenge tls-alpn-01)");
            }
            DoorKey key = DoorKey.make();
            X509Certificate proof =
                    key.proof(
                            host(authorization),
                            challenge.get().getAcmeValidation(),
                            clock.instant());
            proofs.put(
                    host(authorization),
                    new Messages.KeyPair(DoorKey.chainPem(List.of(proof)), key.dangerousPem()));
            open.add(authorization);
        }
        Optional<Outcome> unproved = prove(open, proofs);
        if (unproved.isPresent()) {
            return unproved.get();
        }
        order.waitUntilReady(PROVED_WITHIN);
        DoorKey key = DoorKey.make();
        order.execute(key.pair());
        if (order.waitForCompletion(ISSUED_WITHIN) != Status.VALID) {
            return failed("did not issue: " + order.getError().map(AcmeOrder::said).orElse("late"));
        }
        List<X509Certificate> chain = order.getCertificate().getCertificateChain();
        return new Outcome.Issued(
                new Messages.KeyPair(DoorKey.chainPem(chain), key.dangerousPem()));
    }

    /// The proofs are at the doors as long as the authority looks, and no longer.
    private Optional<Outcome> prove(List<Authorization> open, Map<String, Messages.KeyPair> proofs)
            throws AcmeException, InterruptedException {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try {
            handout.prove(proofs, PROOF_KNOWN_WITHIN);
            for (Authorization authorization : open) {
                TlsAlpn01Challenge challenge =
                        authorization.findChallenge(TlsAlpn01Challenge.class).orElseThrow();
                challenge.trigger();
                if (authorization.waitForCompletion(PROVED_WITHIN) != Status.VALID) {
                    challenge.fetch();
                    return Optional.of(
                            failed(
                                    "could not see that "
                                            + host(authorization)
                                            + " leads here: "
                                            + challenge
                                                    .getError()
                                                    .map(AcmeOrder::said)
                                                    .orElse("late")));
                }
            }
            return Optional.empty();
        } finally {
            handout.provedAll();
        }
    }

    private static String host(Authorization authorization) {
        return authorization.getIdentifier().getDomain();
    }

    private Outcome failed(String why) {
        return new Outcome.Failed(why, Optional.empty());
    }

    private static String said(Problem problem) {
        return problem.getDetail().or(problem::getTitle).orElse(String.valueOf(problem.getType()));
    }

    /// What went wrong, with its cause where that alone says it.
    private static String said(Exception refused) {
        Throwable cause = refused.getCause();
        return refused.getMessage()
                + (cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage());
    }
}
