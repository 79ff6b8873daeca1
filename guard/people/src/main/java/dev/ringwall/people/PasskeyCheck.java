package dev.ringwall.people;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadBackupEligibleFlagException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at what browsers answer for a passkey: the steps of WebAuthn Level 3 §7.1 and §7.2 that need no database. Reading and
/// signatures are webauthn4j's. Who the person is, and whether the challenge is ours, is for others to say.
final class PasskeyCheck {

    /// What keys may sign with: Ed25519, ES256, RS256, the best first (WebAuthn Level 3 §5.4.3 recommends them).
    static final List<Integer> ALGORITHMS = List.of(-8, -7, -257);

    static final int ANSWER_CHARACTERS_MAX = 16 * 1024;

    private final RelyingParty site;
    private final ObjectConverter objects = new ObjectConverter();
    private final AttestedCredentialDataConverter converter =
            new AttestedCredentialDataConverter(objects);
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(objects);

    PasskeyCheck(RelyingParty site) {
        this.site = site;
    }

    /// An answer that asks for a new passkey to be kept; nothing of it is believed yet.
    ///
    /// @param challenge what it says that it was asked, base64url
    record Made(RegistrationData data, String challenge) {}

    /// An answer of a passkey that says it is known; nothing of it is believed yet.
    ///
    /// @param challenge  what it says that it was asked, base64url
    /// @param credential the id of the passkey, base64url
    /// @param user       whose the authenticator says it is, base64url; empty where it does not say
    record Shown(AuthenticationData data, String challenge, String credential, String user) {}

    /// A passkey as it is kept.
    ///
    /// @param credential its id, base64url
    /// @param data       attested credential data (§6.5.1), base64url: the public key in the form that the authenticator gave it
    /// @param eligible   whether it may be copied between the owner's devices (`BE`)
    /// @param backedUp   whether it is (`BS`)
    record Kept(String credential, String data, long counter, boolean eligible, boolean backedUp) {}

    /// What became of an answer.
    sealed interface Verdict {
        /// It is right; this is to be kept.
        record Right(Kept kept) implements Verdict {}

        /// It is not; the word is for the log.
        record Wrong(String why) implements Verdict {}
    }

    /// What is new, as the browser wrote it (§5.1.3 `RegistrationResponseJSON`); empty when it cannot be read.
    Optional<Made> made(String json) {
        return read(
                json,
                text -> {
                    RegistrationData data = manager.parseRegistrationResponseJSON(text);
                    return new Made(data, challenge(data.getCollectedClientData()));
                });
    }

    /// What was shown, as the browser wrote it (`AuthenticationResponseJSON`); empty when it cannot be read.
    Optional<Shown> shown(String json) {
        return read(
                json,
                text -> {
                    AuthenticationData data = manager.parseAuthenticationResponseJSON(text);
                    return new Shown(
                            data,
                            challenge(data.getCollectedClientData()),
                            base64(data.getCredentialId()),
                            base64(data.getUserHandle()));
                });
    }

    private interface Parser<T> {
        T read(String json);
    }

    private static <T> Optional<T> read(String json, Parser<T> parser) {
        if (json.isEmpty() || json.length() > ANSWER_CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.read(json));
        } catch (RuntimeException malformed) { // from a stranger; the library has many words for it
            return Optional.empty();
        }
    }

    private static String challenge(@Nullable CollectedClientData said) {
        if (said == null || said.getChallenge() == null) {
            throw new IllegalArgumentException("no client data");
        }
        return base64(said.getChallenge().getValue());
    }

    /// Whether a new passkey may be kept (§7.1), once the challenge is known to be ours.
    Verdict verify(Made made) {
        CollectedClientData said = made.data().getCollectedClientData();
        if (said == null || framed(said)) {
            return new Verdict.Wrong("cross-origin");
        }
        try {
            manager.verify(
                    made.data(),
                    new RegistrationParameters(server(made.challenge()), algorithms(), true, true));
            AuthenticatorData<?> shown =
                    Objects.requireNonNull(made.data().getAttestationObject())
                            .getAuthenticatorData();
            AttestedCredentialData credential =
                    Objects.requireNonNull(shown.getAttestedCredentialData());
            if (shown.isFlagBS() && !shown.isFlagBE()) {
                return new Verdict.Wrong(BACKUP_STATE);
            }
            return new Verdict.Right(
                    new Kept(
                            base64(credential.getCredentialId()),
                            base64(converter.convert(credential)),
                            shown.getSignCount(),
                            shown.isFlagBE(),
                            shown.isFlagBS()));
        } catch (RuntimeException refused) {
            return new Verdict.Wrong(why(refused));
        }
    }

    /// Whether that is the passkey (§7.2), once the challenge is known to be ours.
    Verdict verify(Shown shown, Kept kept) {
        CollectedClientData said = shown.data().getCollectedClientData();
        if (said == null || framed(said)) {
            return new Verdict.Wrong("cross-origin");
        }
        try {
            byte[] credential = Base64.getUrlDecoder().decode(kept.credential());
            AuthenticationData data =
                    manager.verify(
                            shown.data(),
                            new AuthenticationParameters(
                                    server(shown.challenge()),
                                    credential(kept),
                                    List.of(credential),
                                    true,
                                    true));
            AuthenticatorData<?> now = Objects.requireNonNull(data.getAuthenticatorData());
            return now.isFlagBS() && !now.isFlagBE()
                    ? new Verdict.Wrong(BACKUP_STATE)
                    : new Verdict.Right(
                            new Kept(
                                    kept.credential(),
                                    kept.data(),
                                    now.getSignCount(),
                                    kept.eligible(),
                                    now.isFlagBS()));
        } catch (RuntimeException refused) {
            return new Verdict.Wrong(why(refused));
        }
    }

    /// Nothing of ours is ever shown in a frame.
    private static boolean framed(CollectedClientData said) {
        return Boolean.TRUE.equals(said.getCrossOrigin()) || said.getTopOrigin() != null;
    }

    private ServerProperty server(String challenge) {
        return ServerProperty.builder()
                .origin(new Origin(site.origin()))
                .rpId(site.id())
                .challenge(new DefaultChallenge(Base64.getUrlDecoder().decode(challenge)))
                .build();
    }

    private static List<PublicKeyCredentialParameters> algorithms() {
        return ALGORITHMS.stream()
                .map(number ->
                        new PublicKeyCredentialParameters(
                                PublicKeyCredentialType.PUBLIC_KEY,
                                COSEAlgorithmIdentifier.create(number)))
                .toList();
    }

    private CredentialRecordImpl credential(Kept kept) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                kept.eligible(),
                kept.backedUp(),
                kept.counter(),
                converter.convert(Base64.getUrlDecoder().decode(kept.data())),
                null,
                null,
                null,
                null);
    }

    private static String why(RuntimeException refused) {
        return switch (refused) {
            case BadOriginException _ -> "origin";
            case CrossOriginException _ -> "cross-origin";
            case BadRpIdException _ -> "rp-id";
            case UserNotVerifiedException _ -> "user-not-verified";
            case UserNotPresentException _ -> "user-not-present";
            case BadSignatureException _ -> "signature";
            case MaliciousCounterValueException _ -> COUNTER_BACK;
            case BadBackupEligibleFlagException _ -> "backup-eligible";
            case NotAllowedAlgorithmException _ -> "algorithm";
            default -> "malformed";
        };
    }

    /// The word for a key that is said to be copied and not to be copyable (§6.1.3).
    private static final String BACKUP_STATE = "backup-state";

    /// The word for a counter that does not go on: there may be a copy of the key (§6.1.1).
    static final String COUNTER_BACK = "counter-back";

    /// What the library says may be missing is nothing then.
    private static String base64(@Nullable Object bytes) {
        return bytes instanceof byte[] some
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(some)
                : "";
    }
}
