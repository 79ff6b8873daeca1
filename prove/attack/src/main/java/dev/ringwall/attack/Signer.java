package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.attack.LoginFlow.Outcome;
import dev.ringwall.model.Client;
import java.io.IOException;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A declared client that proves itself by signing (RFC 7523 §2.2), with its own key: what it does itself, right or wrong. For one thread.
///
/// @param flow the browser of a person who is signed in
record Signer(NamedClient client, ClientKey key, Scene scene, LoginFlow flow) {

    private static final long LIFETIME_SECONDS = 60;
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    static Signer of(Scene scene, NamedClient client) throws IOException, NotPlayable {
        ClientKey key = scene.stage().target().signers().get(client.name());
        if (key == null) {
            throw new NotPlayable(
                    "no key of `%s` is at hand; hand it over: --client-key %s=FILE"
                            .formatted(client.name(), client.name()));
        }
        return new Signer(client, key, scene, client.signedIn(scene));
    }

    /// What it says of itself when all is right.
    Map<String, Object> claims() {
        long now = scene.stage().clock().instant().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", client.name());
        claims.put("sub", client.name());
        claims.put("aud", issuer());
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    String issuer() {
        return scene.stage().target().issuer().toString();
    }

    String signed(Map<String, Object> claims, KeyPair by) {
        Map<String, Object> header = new HashMap<>(Map.of("alg", "ES256"));
        key.kid().ifPresent(kid -> header.put("kid", kid));
        return Jws.unsigned(header, claims).es256(by.getPrivate()).compact();
    }

    String assertion() {
        return signed(claims(), key.keys());
    }

    /// A request for that page by that assertion.
    Call call(String page, Map<String, String> entries, String assertion) {
        Map<String, String> form = new LinkedHashMap<>(entries);
        form.put("client_id", client.name());
        form.put("client_assertion_type", SigningMachine.ASSERTION_TYPE);
        form.put("client_assertion", assertion);
        return Call.form(flow.path() + page, Browser.encoded(form));
    }

    Reply push(Map<String, String> question, String assertion) throws IOException {
        return flow.browser().send(call("/par", question, assertion));
    }

    /// The address of a request that the provider took.
    static Optional<String> taken(Reply pushed) {
        return pushed.status() == 201
                ? Scene.json(pushed)
                        .map(body -> body.path("request_uri").asString(""))
                        .filter(uri -> !uri.isEmpty())
                : Optional.empty();
    }

    /// Pushes it as it should.
    String pushed(Map<String, String> question) throws IOException, NotPlayable {
        Reply reply = push(question, assertion());
        return taken(reply)
                .orElseThrow(() ->
                        new NotPlayable(
                                "`"
                                        + client.name()
                                        + "` cannot push a request with that key: "
                                        + reply.excerpt()));
    }

    Map<String, String> question(Pkce pkce) {
        Map<String, String> question = new LinkedHashMap<>(client.question(flow));
        question.put("code_challenge", pkce.challenge());
        return question;
    }

    Authorization ask(String requestUri) throws IOException {
        Map<String, String> by = Map.of("client_id", client.name(), "request_uri", requestUri);
        String address = flow.path() + "/authorize?" + Browser.encoded(by);
        Browser.Page page = flow.browser().follow(flow.browser().open(address), client.back());
        Optional<String> sentTo = page.sentTo();
        return sentTo.filter(to -> Browser.arrived(to, client.back()))
                .map(CODE::matcher)
                .filter(Matcher::find)
                .<Authorization>map(found -> new Authorization.Code(found.group(1)))
                .orElseGet(() -> new Authorization.Turned(page.reply().excerpt(), sentTo));
    }

    /// Buys tokens with a code that is come by as it should.
    ///
    /// @param bound whether with a proof of a key (RFC 9449), as the profile wants it
    Outcome bought(boolean bound) throws IOException, NotPlayable {
        Pkce pkce = Pkce.fresh();
        if (!(ask(pushed(question(pkce))) instanceof Authorization.Code(String code))) {
            throw new NotPlayable("no code was given to `" + client.name() + "`");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.back());
        form.put("code_verifier", pkce.verifier());
        Call call = call("/token", form, assertion());
        if (!bound) {
            return flow.tokens(call);
        }
        KeyPair held = Pki.keys();
        String at = issuer() + "/token";
        DpopProof proof = DpopProof.of(scene, "POST", at, held);
        Optional<String> word = flow.nonce(proof.signed());
        return flow.tokens(
                call.with(
                        "DPoP",
                        word.map(DpopProof.of(scene, "POST", at, held)::naming)
                                .orElse(proof)
                                .signed()));
    }

    Outcome exchange(Map<String, String> entries) throws IOException {
        return flow.tokens(call("/token", entries, assertion()));
    }

    /// The first such client that signs.
    static Optional<NamedClient> first(Derivation to, Predicate<Client> wanted) {
        return NamedClient.first(
                to, client -> client.proof() == Client.Proof.KEYS && wanted.test(client));
    }
}
