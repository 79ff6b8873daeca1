package dev.ringwall.identity;

import dev.ringwall.model.Client;
import dev.ringwall.model.ClientRegistration;
import dev.ringwall.model.ReturnAddress;
import dev.ringwall.people.ClientKeys;
import dev.ringwall.people.ClientWish;
import dev.ringwall.people.Rights;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads what a program says of itself when it registers as a client (RFC 7591 §2, OpenID Connect Dynamic Client Registration 1.0 §2), and
/// makes of it what the declaration allows, or says why not. What nobody here understands is passed over and kept nowhere.
final class ClientMetadata {

    static final int ADDRESSES_MAX = 10;
    static final int SCOPE_CHARACTERS_MAX = 16_000;

    private static final String NONE = "none";
    private static final String SIGNED = "private_key_jwt";
    private static final Set<String> SECRETS = Set.of("client_secret_basic", "client_secret_post");
    private static final String UNNAMED = "An application without a name";

    /// Letters of any language, and nothing that turns the text around or ends a line.
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} .,'&+()_-]{0,59}");

    private final Rights rights;

    ClientMetadata(Rights rights) {
        this.rights = rights;
    }

    /// What the program may be.
    ///
    /// @param says a JSON object
    ClientWish read(JsonNode says, ClientRegistration allowed) throws UnusableMetadata {
        MetadataMembers asking = new MetadataMembers(says);
        asking.nothingBeyond();
        List<String> grants = grants(asking);
        Client.Kind kind = kind(asking, grants);
        if (!allowed.kinds().containsKey(kind)) {
            throw unusable(
                    "such a client is a client of kind `%s` (expected: one of %s)"
                            .formatted(
                                    kind.word(),
                                    allowed.kinds().keySet().stream()
                                            .map(Client.Kind::word)
                                            .toList()));
        }
        boolean returns = kind.returns();
        URI keysAt = keysAt(asking, kind);
        String keys = keysAt == null ? keys(asking, kind) : null;
        return new ClientWish(
                kind,
                method(asking, kind),
                title(asking),
                addresses(asking, "redirect_uris", kind, returns),
                addresses(asking, "post_logout_redirect_uris", kind, false),
                scopes(asking, allowed, kind),
                returns && grants.contains("refresh_token"),
                SubjectType.of(asking, kind, asking.texts("redirect_uris")),
                keys,
                keysAt,
                asking.signing(rights.signedForClients(), keys, keysAt != null));
    }

    /// What it asks for, and what that comes to where it does not say (RFC 7591 §2).
    private static List<String> grants(MetadataMembers asking) throws UnusableMetadata {
        List<String> grants = asking.texts("grant_types");
        List<String> all = grants.isEmpty() ? List.of("authorization_code") : grants;
        boolean machine = all.contains("client_credentials");
        Set<String> known =
                machine
                        ? Set.of("client_credentials")
                        : Set.of("authorization_code", "refresh_token");
        if (!known.containsAll(all) || (!machine && !all.contains("authorization_code"))) {
            throw unusable(
                    "`grant_types` is "
                            + all
                            + " (expected: authorization_code, and maybe refresh_token; or client_credentials alone)");
        }
        List<String> responses = asking.texts("response_types");
        if (!responses.isEmpty() && (machine || !responses.equals(List.of("code")))) {
            throw unusable(
                    "`response_types` is "
                            + responses
                            + (machine
                                    ? " (expected: none, with client_credentials)"
                                    : " (expected: code)"));
        }
        return all;
    }

    private static Client.Kind kind(MetadataMembers asking, List<String> grants)
            throws UnusableMetadata {
        boolean nativeOne =
                "native".equals(asking.oneOf("application_type", Set.of("web", "native")));
        if (grants.contains("client_credentials")) {
            return Client.Kind.MACHINE;
        }
        if (nativeOne) {
            return Client.Kind.NATIVE;
        }
        return NONE.equals(asking.text("token_endpoint_auth_method"))
                ? Client.Kind.BROWSER
                : Client.Kind.WEB;
    }

    private static String method(MetadataMembers asking, Client.Kind kind) throws UnusableMetadata {
        String method = asking.text("token_endpoint_auth_method");
        if (!kind.proves()) {
            if (method != null && !method.equals(NONE)) {
                throw unusable(
                        "`token_endpoint_auth_method` is `"
                                + method
                                + "` for a program that can keep no secret (expected: none)");
            }
            return NONE;
        }
        String chosen = method == null ? "client_secret_basic" : method;
        if (!SECRETS.contains(chosen) && !chosen.equals(SIGNED)) {
            throw unusable(
                    "`token_endpoint_auth_method` is `"
                            + chosen
                            + "` (expected: client_secret_basic, client_secret_post or private_key_jwt)");
        }
        return chosen;
    }

    /// Where it publishes its keys. Whoever registers says it, so it must be where the declaration says that it may be (RFC 7591 §5).
    private @Nullable URI keysAt(MetadataMembers asking, Client.Kind kind) throws UnusableMetadata {
        String text = asking.text("jwks_uri");
        if (text == null) {
            return null;
        }
        if (!method(asking, kind).equals(SIGNED) || asking.says().has("jwks")) {
            throw unusable(
                    "`jwks_uri` is for clients with private_key_jwt alone, and instead of `jwks`");
        }
        if (!ReturnAddress.good(text, Client.Kind.WEB) || !rights.keysFrom(URI.create(text))) {
            throw unusable(
                    "`jwks_uri` is nowhere that keys are fetched from (expected: an origin that the declaration names; or the keys in `jwks`)");
        }
        return URI.create(text);
    }

    private @Nullable String keys(MetadataMembers asking, Client.Kind kind)
            throws UnusableMetadata {
        boolean signs = method(asking, kind).equals(SIGNED);
        JsonNode jwks = asking.says().path("jwks");
        if (!signs) {
            if (!jwks.isMissingNode() && !jwks.isNull()) {
                throw unusable("`jwks` is for clients with private_key_jwt alone");
            }
            return null;
        }
        if (!jwks.isObject()) {
            throw unusable(
                    "`jwks` is missing (expected: the public keys that the client signs with)");
        }
        return switch (ClientKeys.read(jwks.toString())) {
            case ClientKeys.Reading.Usable(ClientKeys usable) -> usable.json();
            case ClientKeys.Reading.Unusable(String why) ->
                    throw unusable("`jwks` cannot be used: " + why);
        };
    }

    private String title(MetadataMembers asking) throws UnusableMetadata {
        String name = asking.text("client_name");
        if (name == null) {
            return UNNAMED;
        }
        if (!NAME.matcher(name).matches()) {
            throw unusable(
                    "`client_name` is no plain name (expected: up to 60 letters, digits, blanks and .,'&+()_-)");
        }
        Set<String> taken = new TreeSet<>(rights.clients().keySet());
        taken.addAll(
                List.of(Clients.STOREFRONT, Clients.COMMAND_LINE, "ringwall", rights.system()));
        if (taken.contains(name.toLowerCase(Locale.ROOT).strip())) {
            throw unusable("`client_name` is the name of somebody else here (expected: its own)");
        }
        return name;
    }

    private static List<String> addresses(
            MetadataMembers asking, String name, Client.Kind kind, boolean needed)
            throws UnusableMetadata {
        List<String> all = asking.texts(name);
        if (needed && all.isEmpty()) {
            throw new UnusableMetadata(
                    "invalid_redirect_uri", "`" + name + "` is missing (expected: at least one)");
        }
        boolean may =
                name.equals("redirect_uris")
                        ? kind.returns()
                        : kind == Client.Kind.WEB || kind == Client.Kind.BROWSER;
        if (!may && !all.isEmpty()) {
            throw unusable("`" + name + "` is not for a client of kind `" + kind.word() + "`");
        }
        if (all.size() > ADDRESSES_MAX) {
            throw unusable("`" + name + "` has more than " + ADDRESSES_MAX + " addresses");
        }
        for (String address : all) {
            if (!ReturnAddress.inEarnest(address, kind)) {
                throw new UnusableMetadata(
                        "invalid_redirect_uri",
                        kind == Client.Kind.NATIVE
                                ? "an address of `%s` cannot be used (expected: https, http://127.0.0.1/… without a port, or a scheme like com.example.app:/)"
                                        .formatted(name)
                                : "an address of `%s` cannot be used (expected: https, in full, without user, `*`, `#`, `%%` and `..`)"
                                        .formatted(name));
            }
        }
        return List.copyOf(new LinkedHashSet<>(all));
    }

    /// What it asks for by name; where it names nothing, all that such a client may have now.
    private Set<String> scopes(MetadataMembers asking, ClientRegistration allowed, Client.Kind kind)
            throws UnusableMetadata {
        Set<String> most = new TreeSet<>(rights.scopes(rights.roles(allowed, kind).keySet()));
        most.removeIf(AdministrationClient::administers);
        String text = asking.text("scope");
        Set<String> scopes =
                new TreeSet<>(text == null || text.isBlank() ? most : Wanted.words(text.strip()));
        boolean person = kind.returns();
        Set<String> beyond = new TreeSet<>(scopes);
        beyond.removeAll(most);
        if (person) {
            beyond.removeAll(Clients.aboutPeople(allowed.claims().keySet()));
        }
        if (!beyond.isEmpty()) {
            throw unusable(
                    "`scope` has more than a client that registers itself may ask for (expected: of what the declaration allows it)");
        }
        scopes.remove(Clients.OPENID);
        if (String.join(" ", scopes).length() > SCOPE_CHARACTERS_MAX) {
            throw unusable(
                    "`scope` comes to too much (expected: name those that the client needs)");
        }
        return scopes;
    }

    private static UnusableMetadata unusable(String why) {
        return UnusableMetadata.because(why);
    }
}
