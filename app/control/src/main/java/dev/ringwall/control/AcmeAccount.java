package dev.ringwall.control;

import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.model.DoorCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RevocationReason;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeServerException;

/// Our account with an authority: what is asked of it besides certificates. Blocks.
final class AcmeAccount {

    private static final String ERROR = "urn:ietf:params:acme:error:";
    private static final String NO_ACCOUNT = ERROR + "accountDoesNotExist";
    private static final String REVOKED_ALREADY = ERROR + "alreadyRevoked";

    /// What says nothing of whether it would be done another time.
    private static final Set<String> PASSING =
            Set.of(ERROR + "serverInternal", ERROR + "rateLimited", ERROR + "badNonce");

    private final DoorCertificate.Acme declared;
    private final KeyPair key;

    /// @param key the account's key as far as is known
    AcmeAccount(DoorCertificate.Acme declared, KeyPair key) {
        this.declared = declared;
        this.key = key;
    }

    /// What became of it.
    sealed interface Answer {
        /// The authority has confirmed it.
        record Done() implements Answer {}

        /// The authority does not do it, also if it is asked again.
        record Refused(String why) implements Answer {}

        /// It is not known whether it was done.
        record Unknown(String why) implements Answer {}
    }

    @FunctionalInterface
    private interface Question {
        Answer ask(Session session) throws AcmeException;
    }

    /// Has a certificate revoked (RFC 8555 §7.6). A compromised key signs that itself, for authorities then shut it out everywhere; so it is
    /// also where the account is not known any more.
    Answer revoke(ServerCertificate certificate, RevocationReason reason) {
        X509Certificate leaf = certificate.chain().getFirst();
        KeyPair own = new KeyPair(leaf.getPublicKey(), certificate.privateKey());
        return asked(session -> {
            Optional<Login> account =
                    reason == RevocationReason.KEY_COMPROMISE
                            ? Optional.empty()
                            : known(session, key);
            try {
                if (account.isPresent()) {
                    Certificate.revoke(account.get(), leaf, reason);
                } else {
                    Certificate.revoke(session, own, leaf, reason);
                }
            } catch (AcmeServerException refused) {
                if (!is(refused, REVOKED_ALREADY)) {
                    throw refused;
                }
            }
            return new Answer.Done();
        });
    }

    /// Puts another key in place of the account's (RFC 8555 §7.3.5). Whoever asks again after [Answer.Unknown], with the same keys, learns
    /// whether it was done.
    Answer changeKey(KeyPair next) {
        return asked(session -> {
            if (known(session, next).isPresent()) {
                return new Answer.Done();
            }
            Optional<Login> login = known(session, key);
            if (login.isEmpty()) {
                return new Answer.Refused(
                        "knows no account of ours (expected: one certificate first)");
            }
            try {
                login.get().getAccount().changeKey(next);
                return new Answer.Done();
            } catch (AcmeServerException refused) {
                if (known(session, next).isPresent()) {
                    return new Answer.Done();
                }
                throw refused;
            }
        });
    }

    private static Optional<Login> known(Session session, KeyPair key) throws AcmeException {
        try {
            return Optional.of(
                    new AccountBuilder().onlyExisting().useKeyPair(key).createLogin(session));
        } catch (AcmeServerException none) {
            if (is(none, NO_ACCOUNT)) {
                return Optional.empty();
            }
            throw none;
        }
    }

    private Answer asked(Question question) {
        try (AcmeAuthority authority = AcmeAuthority.knownBy(declared.trust().map(Path::of))) {
            return question.ask(authority.session(declared.directory()));
        } catch (AcmeServerException refused) {
            String why = "refuses: " + refused.getMessage();
            return PASSING.contains(refused.getType().toString())
                    ? new Answer.Unknown(why)
                    : new Answer.Refused(why);
        } catch (AcmeException
                | AcmeLazyLoadingException
                | AcmeProtocolException
                | IOException
                | IllegalArgumentException unusable) {
            Throwable cause = unusable.getCause();
            return new Answer.Unknown(
                    "cannot be asked: "
                            + unusable.getMessage()
                            + (cause == null || cause.getMessage() == null
                                    ? ""
                                    : ": " + cause.getMessage()));
        }
    }

    private static boolean is(AcmeServerException refused, String type) {
        return refused.getType().toString().equals(type);
    }
}
