package dev.ringwall.federation;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.model.OutsideProvider;
import java.net.URI;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The providers of others that the declaration names, asked and believed as OpenID Connect says. Any thread may use it.
public final class Federation implements AutoCloseable {

    private final Function<String, Optional<String>> secrets;
    private final Supplier<ECKey> signer;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param secrets the value of a secret, by its name
    /// @param signer  the key that proves this system to providers that it has no secret at
    public Federation(
            Function<String, Optional<String>> secrets,
            Supplier<ECKey> signer,
            InstantSource clock) {
        this.secrets = secrets;
        this.signer = signer;
        this.clock = clock;
    }

    private interface Look<T> {
        T at(Known known) throws Untrusted;
    }

    private <T> Checked<T> look(OutsideProvider provider, Look<T> look) {
        try {
            return new Checked.Right<>(look.at(known(provider)));
        } catch (Untrusted wrong) {
            return new Checked.Wrong<>(wrong.why());
        }
    }

    /// What is known of it; what another declaration said of that name is forgotten.
    private Known known(OutsideProvider provider) {
        return known.compute(
                provider.name(),
                (_, before) -> {
                    if (before != null && before.provider().equals(provider)) {
                        return before;
                    }
                    if (before != null) {
                        before.close();
                    }
                    return new Known(provider, clock);
                });
    }

    /// Where a browser is sent for the person to sign in there.
    public Checked<URI> begin(OutsideProvider provider, Wish wish) {
        return look(provider, at -> asking(at).person(wish));
    }

    /// Whether an answer without `iss`, or with that one, may be the provider's (RFC 9207 §2.4).
    public Checked<Boolean> answeredBy(OutsideProvider provider, Optional<String> issuer) {
        return look(
                provider,
                at -> {
                    Untrusted.unless(
                            issuer.map(provider.issuer()::equals)
                                    .orElse(!at.metadata().saysIssuer()),
                            "answer-of-another");
                    return true;
                });
    }

    /// Who came back with that code. The ID token must repeat the nonce, and be made just now.
    public Checked<Claims> redeem(
            OutsideProvider provider, String code, String returnTo, String verifier, String nonce) {
        return look(
                provider,
                at -> {
                    Signed signed = new Signed(at, clock);
                    Claims claims = signed.idToken(asking(at).redeem(code, returnTo, verifier));
                    Untrusted.unless(
                            claims.text("nonce").filter(nonce::equals).isPresent(),
                            "nonce-of-another");
                    Untrusted.unless(
                            claims.all().get("iat") instanceof Date made && signed.recent(made),
                            "token-too-old");
                    return claims;
                });
    }

    /// Of whom an ID token speaks that somebody brings. It must be for this system as the provider's client, like any other.
    public Checked<Claims> idToken(OutsideProvider provider, String token) {
        return look(provider, at -> new Signed(at, clock).idToken(token));
    }

    /// Whose login is over there, as a logout token says.
    public Checked<Claims> logoutToken(OutsideProvider provider, String token) {
        return look(provider, at -> new Signed(at, clock).logoutToken(token));
    }

    /// Where a person signs out there too, where it offers that (OpenID Connect RP-Initiated Logout 1.0 §2).
    public Optional<URI> signOut(OutsideProvider provider) {
        return look(provider, Known::metadata) instanceof Checked.Right<Metadata>(Metadata says)
                ? says.endSession()
                        .map(page ->
                                URI.create(
                                        page
                                                + (page.getRawQuery() == null ? "?" : "&")
                                                + Asking.encoded(
                                                        Map.of("client_id", provider.client()))))
                : Optional.empty();
    }

    private Asking asking(Known at) {
        return new Asking(at, secrets, signer, clock);
    }

    @Override
    public void close() {
        known.values().forEach(Known::close);
    }
}
