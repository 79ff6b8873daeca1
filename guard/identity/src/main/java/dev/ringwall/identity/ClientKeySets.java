package dev.ringwall.identity;

import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.federation.PublishedKeys;
import dev.ringwall.people.ClientKeys;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// The keys that clients sign with: those that are kept here, and of a client that registered itself those that it publishes at an origin which the
/// declaration names. Nothing is fetched but for a text that says it is that client's, and what the text says of keys is never looked at.
final class ClientKeySets {

    /// Where a client publishes its keys.
    static final String AT = "ringwall.keys-at";

    private final PublishedKeys published;

    ClientKeySets(InstantSource clock) {
        this.published = new PublishedKeys(clock);
    }

    /// Whether a key of that client has signed this.
    boolean signed(RegisteredClient client, SignedJWT text) {
        return client.getClientSettings().getSetting(AT) instanceof URI at
                ? by(published.at(at, false), text) || by(published.at(at, true), text)
                : by(Optional.of(Clients.keys(client)), text);
    }

    private static boolean by(Optional<String> keys, SignedJWT text) {
        return keys.map(ClientKeys::read).orElse(null)
                        instanceof ClientKeys.Reading.Usable(ClientKeys all)
                && all.signed(text);
    }
}
