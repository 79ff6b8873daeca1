package dev.ringwall.people;

import dev.ringwall.model.Client;
import dev.ringwall.model.SigningAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a program that registers itself wants to be, once it has been looked at: nothing in it is more than the declaration allows.
///
/// @param method    how it proves itself at the token endpoint (RFC 7591 §2): `none`, `client_secret_basic`, `client_secret_post`, `private_key_jwt`
/// @param title     what it calls itself; its own word, and shown as such
/// @param redirects the only addresses that people are sent back to
/// @param leaving   the only addresses that people who signed out are sent to
/// @param scopes    all that its tokens may carry
/// @param refreshes whether it gets refresh tokens
/// @param subject   what it knows people by
/// @param keys      its public keys as a JWK set; there with `private_key_jwt`
/// @param keysAt    where it publishes them instead, at an origin that the declaration names
/// @param signing   by which algorithms it is spoken to, and speaks
public record ClientWish(
        Client.Kind kind,
        String method,
        String title,
        List<String> redirects,
        List<String> leaving,
        Set<String> scopes,
        boolean refreshes,
        Client.Subject subject,
        @Nullable String keys,
        @Nullable URI keysAt,
        Signing signing) {

    /// Algorithms of signatures (OpenID Connect Dynamic Client Registration 1.0 §2).
    ///
    /// @param told   how what only it reads is signed: `id_token_signed_response_alg`
    /// @param proves how alone it signs to prove itself: `token_endpoint_auth_signing_alg`; null where any of its keys will do
    /// @param asks   how alone it signs its requests: `request_object_signing_alg`; likewise
    public record Signing(SigningAlgorithm told, @Nullable String proves, @Nullable String asks) {

        /// What holds for a client that says nothing of it.
        public static final Signing USUAL = new Signing(SigningAlgorithm.ES256, null, null);
    }

    public ClientWish {
        redirects = List.copyOf(redirects);
        leaving = List.copyOf(leaving);
        scopes = new TreeSet<>(scopes);
    }

    /// Whether people who know the one would not know the other: by its name, its kind, what it knows them by, or where it sends them back to.
    boolean looksOtherThan(ClientWish other) {
        return kind != other.kind()
                || subject != other.subject()
                || !title.equals(other.title())
                || !redirects.equals(other.redirects());
    }

    /// What that comes to in the words of the declaration.
    public Client.Proof proof() {
        return switch (method) {
            case "none" -> Client.Proof.NONE;
            case "private_key_jwt" -> Client.Proof.KEYS;
            default -> Client.Proof.SECRET;
        };
    }
}
