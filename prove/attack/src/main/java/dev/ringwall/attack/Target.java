package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The running system as an attacker finds it, and what a legitimate user of it has.
///
/// @param door       the public door, `https://localhost:8443`
/// @param authority  the certificate authority that the door's certificate must come from
/// @param gateways   where the gateways are that serve the door's name, each by itself; empty where that is not known
/// @param issuer     the identity provider, `https://localhost:8443/auth`
/// @param client     the client that people sign in with; empty when nobody can
/// @param places     service → where it is; `gateway` may be among them, with the gateway's own identity as insider
/// @param programs   declared client that proves itself by a certificate → that certificate and its key
/// @param signers    declared client that proves itself by signing → its private key
/// @param standIns   third parties that are only played here, so that calling them does no harm
/// @param mint       signs with the provider's own key, where somebody can
/// @param letters    what the system writes to addresses of the prover's own
/// @param desk       gives programs what they prove themselves with
public record Target(
        Blueprint blueprint,
        URI door,
        X509Certificate authority,
        List<InetSocketAddress> gateways,
        URI issuer,
        Optional<LoginClient> client,
        Map<String, Place> places,
        Map<String, Insider> programs,
        Map<String, ClientKey> signers,
        Set<String> standIns,
        Legitimacy legitimacy,
        Optional<Mint> mint,
        Letters letters,
        ClientDesk desk) {

    /// One with a single gateway, and without an operator who gives anything to programs.
    public Target(
            Blueprint blueprint,
            URI door,
            X509Certificate authority,
            URI issuer,
            Optional<LoginClient> client,
            Map<String, Place> places,
            Set<String> standIns,
            Legitimacy legitimacy,
            Optional<Mint> mint) {
        this(
                blueprint,
                door,
                authority,
                List.of(),
                issuer,
                client,
                places,
                Map.of(),
                Map.of(),
                standIns,
                legitimacy,
                mint,
                Letters.unread(),
                ClientDesk.closed());
    }

    public Target {
        gateways = List.copyOf(gateways);
        places = Map.copyOf(places);
        programs = Map.copyOf(programs);
        signers = Map.copyOf(signers);
        standIns = Set.copyOf(standIns);
    }

    /// The same, with what only the operator knows.
    public Target with(
            List<InetSocketAddress> found,
            Map<String, Insider> handed,
            Map<String, ClientKey> keys) {
        return new Target(
                blueprint,
                door,
                authority,
                found,
                issuer,
                client,
                places,
                handed,
                keys,
                standIns,
                legitimacy,
                mint,
                letters,
                desk);
    }

    /// The same, where these letters can be read.
    public Target reading(Letters read) {
        return new Target(
                blueprint,
                door,
                authority,
                gateways,
                issuer,
                client,
                places,
                programs,
                signers,
                standIns,
                legitimacy,
                mint,
                read,
                desk);
    }
}
