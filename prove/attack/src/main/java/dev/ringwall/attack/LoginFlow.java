package dev.ringwall.attack;

import dev.ringwall.model.OperationName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Signs in the way a browser does: authorization code with PKCE over the real login page (RFC 6749 §4.1, RFC 7636), or as a machine
/// with client credentials (RFC 6749 §4.4). For one thread.
public final class LoginFlow {

    /// What a client says that wants a second factor (OpenID Connect Core §3.1.2.1 `acr_values`).
    static final String ACR_TWICE = "urn:ringwall:acr:mfa";

    private final String path;
    private final LoginClient client;
    private final Browser browser;

    /// How an attempt to get tokens ended.
    public sealed interface Outcome {
        /// The provider gave them.
        record Tokens(String access, Optional<String> refresh, Optional<String> id)
                implements Outcome {
            @Override
            public String toString() {
                return "Tokens[…]";
            }
        }

        /// It did not.
        record Denied(String why) implements Outcome {}
    }

    /// How an attempt to get a code ended.
    sealed interface Authorization {
        /// The browser was sent to the client with a code.
        record Code(String code) implements Authorization {
            @Override
            public String toString() {
                return "Code[…]";
            }
        }

        /// The browser was sent to the client with an error, or not sent there at all.
        ///
        /// @param sentTo where it was sent instead
        record Turned(String why, Optional<String> sentTo) implements Authorization {}
    }

    private LoginFlow(Road road, String path, LoginClient client, Browser.Exchange exchange) {
        this.path = path;
        this.client = client;
        this.browser = new Browser(road, exchange);
    }

    /// Signs in at the target's provider.
    public static LoginFlow at(Target target) throws IOException {
        try {
            Road door =
                    Road.secure(
                            target.door(),
                            Road.Hello.modern(Pki.trusting(target.authority()), true));
            return of(target, Optional.empty(), door);
        } catch (NotPlayable missing) {
            throw new IOException(missing.why(), missing);
        }
    }

    static LoginFlow of(Target target, Optional<InetAddress> source, Road door) throws NotPlayable {
        return with(
                target,
                door.from(source),
                (road, call) -> {
                    try (Connection connection = road.open()) {
                        connection.send(call.bytes(road.host()));
                        return connection.receive(call.method());
                    }
                });
    }

    /// Signs in over that exchange, which sees every request.
    static LoginFlow with(Target target, Road door, Browser.Exchange exchange) throws NotPlayable {
        return as(
                target.client().orElseThrow(() -> new NotPlayable("no client to sign in with")),
                target,
                door,
                exchange);
    }

    /// The same with that client.
    static LoginFlow as(LoginClient client, Target target, Road door, Browser.Exchange exchange)
            throws NotPlayable {
        Road.Hello hello = door.tls().orElseThrow(() -> new NotPlayable("the door is not TLS"));
        Road road = Road.secure(target.issuer(), hello).from(door.from());
        return new LoginFlow(road, target.issuer().getPath(), client, exchange);
    }

    /// What to ask for to be able to do all of these.
    static String scopes(Collection<OperationName> operations) {
        return "openid" + operations.stream().map(name -> " " + name).collect(Collectors.joining());
    }

    /// Goes through the login page and buys tokens with the code.
    public Outcome signIn(Credential.Password who, String scope) throws IOException {
        Pkce pkce = Pkce.fresh();
        return switch (authorize(who, question(scope, pkce))) {
            case Authorization.Code(String code) -> exchange(code, pkce.verifier());
            case Authorization.Turned(String why, _) -> new Outcome.Denied(why);
        };
    }

    /// The parameters of an authorization request as they should be.
    Map<String, String> question(String scope, Pkce pkce) {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", client.id());
        question.put("redirect_uri", client.redirect().toString());
        question.put("scope", scope);
        question.put("state", Pkce.fresh().verifier());
        question.put("nonce", Pkce.fresh().verifier());
        question.put("code_challenge", pkce.challenge());
        question.put("code_challenge_method", "S256");
        return question;
    }

    /// Asks for a code with these parameters, signing in on the way.
    Authorization authorize(Credential.Password who, Map<String, String> question)
            throws IOException {
        String end = question.getOrDefault("redirect_uri", client.redirect().toString());
        Browser.Page page = SecondPages.pass(browser, enter(who, question), who.second(), end);
        if (page.form().isPresent() || SecondPages.form(page).isPresent()) {
            return new Authorization.Turned("the login page came back", Optional.empty());
        }
        return outcome(page, end, question.getOrDefault("state", ""));
    }

    /// Asks with these parameters and gives name and password where they are asked for.
    Browser.Page enter(Credential.Password who, Map<String, String> question) throws IOException {
        String end = question.getOrDefault("redirect_uri", client.redirect().toString());
        Browser.Page page =
                browser.follow(browser.open(path + "/authorize?" + Browser.encoded(question)), end);
        Optional<Form> form = page.form();
        return form.isEmpty()
                ? page
                : browser.follow(
                        browser.submit(
                                page,
                                form.get(),
                                Map.of("username", who.user(), "password", who.password())),
                        end);
    }

    /// Asks for a code with these parameters, and signs in nowhere.
    Authorization ask(Map<String, String> question) throws IOException {
        String end = question.getOrDefault("redirect_uri", client.redirect().toString());
        Browser.Page page =
                browser.follow(browser.open(path + "/authorize?" + Browser.encoded(question)), end);
        if (page.form().isPresent() || SecondPages.form(page).isPresent()) {
            return new Authorization.Turned("the login page came", Optional.empty());
        }
        Optional<String> sentTo = page.sentTo();
        boolean known = question.containsKey("state");
        return sentTo.isPresent() && !known && Browser.arrived(sentTo.get(), end)
                ? Optional.ofNullable(query(sentTo.get()).get("code"))
                        .<Authorization>map(Authorization.Code::new)
                        .orElseGet(() -> new Authorization.Turned("no code", sentTo))
                : outcome(page, end, question.getOrDefault("state", ""));
    }

    private static Authorization outcome(Browser.Page page, String end, String state) {
        Optional<String> sentTo = page.sentTo();
        if (sentTo.isEmpty() || !Browser.arrived(sentTo.get(), end)) {
            return new Authorization.Turned(page.reply().excerpt(), sentTo);
        }
        Map<String, String> answer = query(sentTo.get());
        String code = answer.get("code");
        if (code == null) {
            return new Authorization.Turned(answer.getOrDefault("error", "no code"), sentTo);
        }
        if (!answer.getOrDefault("state", "").equals(state)) {
            return new Authorization.Turned("another state came back", sentTo);
        }
        return new Authorization.Code(code);
    }

    /// Buys tokens with a code.
    Outcome exchange(String code, String verifier) throws IOException {
        return tokens(purchase(code, verifier));
    }

    /// The request that buys tokens with a code.
    Call purchase(String code, String verifier) {
        return purchase(code, verifier, client.id());
    }

    /// The same in the name of that client.
    Call purchase(String code, String verifier, String clientId) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", client.redirect().toString());
        form.put("client_id", clientId);
        form.put("code_verifier", verifier);
        return Call.form(path + "/token", Browser.encoded(form));
    }

    /// Buys new tokens with a refresh token.
    Outcome refresh(String token) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        form.put("client_id", client.id());
        return tokens(Call.form(path + "/token", Browser.encoded(form)));
    }

    /// A machine proves who it is.
    public Outcome clientCredentials(Credential.Client machine) throws IOException {
        String pair = encoded(machine.id()) + ":" + encoded(machine.secret());
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return tokens(
                Call.form(path + "/token", "grant_type=client_credentials")
                        .with("Authorization", "Basic " + basic));
    }

    /// The word that the provider wants in proofs (RFC 9449 §8), as it tells who comes with a proof and nothing else; empty where it wants none.
    Optional<String> nonce(String proof) throws IOException {
        return browser.send(
                        Call.form(path + "/token", "grant_type=authorization_code")
                                .with("DPoP", proof))
                .header("dpop-nonce");
    }

    /// Asks whose a token is, as its bearer.
    Reply userInfo(String token) throws IOException {
        return browser.send(Call.get(path + "/userinfo").bearer(token));
    }

    Outcome tokens(Call call) throws IOException {
        Reply reply = browser.send(call);
        JsonNode body = Scene.json(reply).orElse(null);
        if (reply.status() != 200 || body == null || !body.path("access_token").isString()) {
            String error = body == null ? "" : body.path("error").asString("");
            return new Outcome.Denied(
                    error.isEmpty() ? reply.excerpt() : reply.status() + " " + error);
        }
        return new Outcome.Tokens(
                body.path("access_token").asString(""),
                text(body, "refresh_token"),
                text(body, "id_token"));
    }

    Browser browser() {
        return browser;
    }

    String path() {
        return path;
    }

    LoginClient client() {
        return client;
    }

    private static Optional<String> text(JsonNode body, String name) {
        return Optional.of(body.path(name).asString("")).filter(value -> !value.isEmpty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(String location) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = URI.create(location).getRawQuery();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return query;
    }
}
