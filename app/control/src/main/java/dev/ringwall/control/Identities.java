package dev.ringwall.control;

import dev.ringwall.events.Recorder;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.identity.IdentitySettings;
import dev.ringwall.identity.MutualTls;
import dev.ringwall.keys.ApiKey;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Sealer;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import dev.ringwall.link.Roster;
import dev.ringwall.model.Blueprint;
import dev.ringwall.people.ApiKeys;
import dev.ringwall.people.KeyMint;
import dev.ringwall.people.Sealing;
import jakarta.servlet.http.HttpServlet;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Between the identity provider, which knows neither our keys nor our documents, and both.
final class Identities {

    private static final int URI_NAME = 6;

    private Identities() {}

    static IdentitySettings settings(
            ControlSettings settings,
            Keys keys,
            Supplier<Identity> own,
            Supplier<Blueprint> blueprint,
            Function<String, Optional<String>> secrets,
            Recorder recorder,
            Runnable changed,
            HttpServlet others) {
        PeerVerifier peers = new PeerVerifier(keys.authority().root(), settings.clock());
        String system = keys.authority().root().system();
        MutualTls tls =
                new MutualTls(
                        new TlsKeys(own),
                        TlsTrust.everyone(peers),
                        certificate ->
                                spiffe(certificate)
                                        .filter(SpiffeId.gateway(system)::equals)
                                        .isPresent());
        return new IdentitySettings(
                settings.door(),
                settings.listen(),
                settings.records("identity.db"),
                tls,
                blueprint,
                new OwnSigner(keys.tokens(), blueprint),
                new OwnPairwise(keys.pairwise()),
                Identities::mint,
                sealing(keys.sealer()),
                SmtpPost.by(blueprint, secrets, settings.clock()),
                secrets,
                recorder,
                settings.clock(),
                changed,
                Map.of("/v1/*", others));
    }

    /// The name in a certificate whose chain the handshake has followed to our root.
    static Optional<String> name(X509Certificate certificate, String system) {
        return spiffe(certificate).filter(id -> id.system().equals(system)).map(SpiffeId::name);
    }

    private static Sealing sealing(Sealer sealer) {
        return new Sealing() {
            @Override
            public String seal(byte[] secret) {
                return sealer.seal(secret);
            }

            @Override
            public Optional<byte[]> open(String sealed) {
                return sealer.open(sealed);
            }
        };
    }

    private static KeyMint.Minted mint() {
        ApiKey key = ApiKey.random();
        return new KeyMint.Minted(key.id(), key.dangerousText(), key.sha256());
    }

    /// The SPIFFE id in a certificate; empty when it has none or more than one.
    static Optional<SpiffeId> spiffe(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> uris =
                    names == null
                            ? List.of()
                            : names.stream()
                                    .filter(name -> Integer.valueOf(URI_NAME).equals(name.get(0)))
                                    .map(name -> String.valueOf(name.get(1)))
                                    .toList();
            return uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : Optional.empty();
        } catch (CertificateParsingException unreadable) {
            return Optional.empty();
        }
    }

    static List<Roster.Key> keys(IdentityProvider identity) {
        return identity.keys().accepted().stream().map(Identities::key).toList();
    }

    private static Roster.Key key(ApiKeys.Key key) {
        return new Roster.Key(
                key.id(), key.sha256(), key.role(), key.from(), key.expires().orElse(null));
    }

    static List<Roster.Revocation> revoked(IdentityProvider identity) {
        return identity.revocations().current().stream()
                .map(one -> new Roster.Revocation(one.kind().word(), one.value(), one.until()))
                .toList();
    }
}
