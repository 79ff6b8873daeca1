package dev.ringwall.identity;

import dev.ringwall.events.Recorder;
import dev.ringwall.model.Blueprint;
import dev.ringwall.people.KeyMint;
import dev.ringwall.people.Post;
import dev.ringwall.people.Sealing;
import dev.ringwall.store.Database;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What an identity provider is told when it starts.
///
/// @param door      the public door, `https://localhost:8443`: the audience of access tokens, and the issuer with `/auth` behind it
/// @param listen    where it listens; port 0 takes any free one
/// @param database  where its records lie
/// @param tls       how it proves itself, and whom it believes
/// @param blueprint the declared system; asked anew for each answer, so that it may change
/// @param signer    the keys that sign tokens
/// @param pairwise  the ids of clients that have their own
/// @param keys      makes API keys
/// @param sealing   keeps what must be read again
/// @param post      carries letters to people
/// @param secrets   the value of a secret that the operator has set, by its name
/// @param recorder  where it says what happens
/// @param changed   told, on the thread that changed something, that [IdentityProvider#revocations] or [IdentityProvider#keys] have changed
/// @param others    more to be served at the same address, by path pattern (`/v1/*`); each looks at the peer's certificate by itself
public record IdentitySettings(
        URI door,
        InetSocketAddress listen,
        Database database,
        MutualTls tls,
        Supplier<Blueprint> blueprint,
        TokenSigner signer,
        Pairwise pairwise,
        KeyMint keys,
        Sealing sealing,
        Post post,
        Function<String, Optional<String>> secrets,
        Recorder recorder,
        InstantSource clock,
        Runnable changed,
        Map<String, HttpServlet> others) {

    public IdentitySettings {
        others = Map.copyOf(others);
    }

    /// What names the provider in tokens and metadata (RFC 8414 §2).
    public String issuer() {
        return door + "/auth";
    }

    /// What access tokens are for (RFC 9068 §2.2).
    public String audience() {
        return door.toString();
    }
}
