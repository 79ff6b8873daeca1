package dev.ringwall.attack;

import dev.ringwall.model.OutsideProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Attacks on the way to a provider of others and back (RFC 9700 §4.4, §4.7, RFC 9207, OpenID Connect Back-Channel Logout 1.0 §2.6). The prover has no
/// account there, so it comes back with codes that nobody gave: what tells is whether the system looked at the code at all, which is seen by how it
/// answers a browser that had left.
final class SsoAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final long TOKEN_SECONDS = 120;

    private final Derivation to;
    private final OutsideProvider provider;

    private SsoAttacks(Derivation to, OutsideProvider provider) {
        this.to = to;
        this.provider = provider;
    }

    static void derive(Derivation to) {
        to.blueprint()
                .declaration()
                .providers()
                .values()
                .forEach(provider -> new SsoAttacks(to, provider).derive());
    }

    private void derive() {
        add(
                "sso-unprotected",
                "somebody looks for a request to the provider that an answer could be slipped under",
                this::unprotected);
        add(
                "sso-answer-of-another-browser",
                "somebody has another browser come back with the answer to their own request",
                this::ofAnotherBrowser);
        add(
                "sso-answer-made-up",
                "somebody comes back who was never sent to the provider",
                this::madeUp);
        add("sso-answer-reused", "somebody comes back with the same answer again", this::reused);
        add(
                "sso-answer-of-another-provider",
                "another provider answers in this one's place",
                this::mixedUp);
        add(
                "sso-open-redirect",
                "a link to the way to the provider leads elsewhere afterwards",
                this::openRedirect);
        add(
                "sso-logout-forged",
                "somebody says in the provider's name that logins are over",
                this::logoutForged);
    }

    private void add(String kind, String story, Attack.Play play) {
        to.add(
                provider.name() + "/" + kind,
                Family.PROVIDER,
                story,
                provider.line(),
                Expectation.stopped(),
                play);
    }

    private String path(Scene scene) {
        return scene.stage().target().issuer().getRawPath() + "/sso/" + provider.name();
    }

    private static Browser browser(Scene scene) {
        return new Browser(scene.door(), scene::patient);
    }

    /// What the browser asks the provider that is sent there.
    private Map<String, String> asked(Scene scene, Browser browser)
            throws IOException, NotPlayable {
        Browser.Page page = browser.open(path(scene));
        String there =
                page.sentTo()
                        .orElseThrow(() ->
                                new NotPlayable(
                                        "nobody is sent to the provider: "
                                                + page.reply().excerpt()));
        Map<String, String> asked = query(there);
        if (asked.containsKey("request_uri")) {
            throw new NotPlayable("what is asked is pushed, and nobody on the way sees it");
        }
        return asked;
    }

    private static Map<String, String> query(String location) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = URI.create(location).getRawQuery();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    /// The browser comes back with a code that nobody gave.
    private String back(Scene scene, Browser browser, String state, String issuer)
            throws IOException {
        Map<String, String> answer =
                Map.of("code", "made-up-" + UUID.randomUUID(), "state", state, "iss", issuer);
        Reply reply = browser.open(path(scene) + "/callback?" + Browser.encoded(answer)).reply();
        return reply.status() + " " + reply.header("location").orElse("") + " " + reply.body();
    }

    /// How it answers when everything is right but the code.
    private String codeLookedAt(Scene scene) throws IOException, NotPlayable {
        Browser honest = browser(scene);
        return back(
                scene, honest, asked(scene, honest).getOrDefault("state", ""), provider.issuer());
    }

    private static Seen unlike(String seen, String looked) {
        return seen.equals(looked)
                ? new Seen.Yielded("it went on to the code")
                : new Seen.Thwarted("it was refused before the code was looked at");
    }

    private Seen unprotected(Scene scene) throws IOException, NotPlayable {
        Map<String, String> one = asked(scene, browser(scene));
        Map<String, String> other = asked(scene, browser(scene));
        for (String name : List.of("state", "nonce", "code_challenge")) {
            String said = one.getOrDefault(name, "");
            if (said.isEmpty() || said.equals(other.get(name))) {
                return new Seen.Yielded(name + " is missing or always the same");
            }
        }
        return "S256".equals(one.get("code_challenge_method"))
                ? new Seen.Thwarted("state, nonce and code_challenge are new each time")
                : new Seen.Yielded("the code is bought with a plain verifier");
    }

    private Seen ofAnotherBrowser(Scene scene) throws IOException, NotPlayable {
        String state = asked(scene, browser(scene)).getOrDefault("state", "");
        Browser victim = browser(scene);
        asked(scene, victim);
        return unlike(back(scene, victim, state, provider.issuer()), codeLookedAt(scene));
    }

    private Seen madeUp(Scene scene) throws IOException, NotPlayable {
        String looked = codeLookedAt(scene);
        return unlike(back(scene, browser(scene), "s".repeat(43), provider.issuer()), looked);
    }

    private Seen reused(Scene scene) throws IOException, NotPlayable {
        Browser browser = browser(scene);
        String state = asked(scene, browser).getOrDefault("state", "");
        String looked = back(scene, browser, state, provider.issuer());
        return unlike(back(scene, browser, state, provider.issuer()), looked);
    }

    private Seen mixedUp(Scene scene) throws IOException, NotPlayable {
        Browser browser = browser(scene);
        String state = asked(scene, browser).getOrDefault("state", "");
        return unlike(back(scene, browser, state, ELSEWHERE), codeLookedAt(scene));
    }

    private Seen openRedirect(Scene scene) throws IOException, NotPlayable {
        Browser browser = browser(scene);
        String lures =
                Browser.encoded(
                        Map.of(
                                "redirect_uri", ELSEWHERE,
                                "onward", ELSEWHERE,
                                "return_to", ELSEWHERE,
                                "next", ELSEWHERE,
                                "url", ELSEWHERE));
        Browser.Page start = browser.open(path(scene) + "?" + lures);
        Map<String, String> asked = query(start.sentTo().orElse(""));
        String sent = asked.getOrDefault("redirect_uri", "");
        Browser.Page end =
                browser.open(
                        path(scene)
                                + "/callback?"
                                + lures
                                + "&"
                                + Browser.encoded(
                                        Map.of(
                                                "state", asked.getOrDefault("state", "none"),
                                                "error", "access_denied",
                                                "iss", provider.issuer())));
        boolean leads =
                sent.startsWith(ELSEWHERE)
                        || end.sentTo().filter(at -> at.startsWith(ELSEWHERE)).isPresent();
        return leads
                ? new Seen.Yielded("it leads to " + ELSEWHERE)
                : new Seen.Thwarted("it leads nowhere else");
    }

    private Seen logoutForged(Scene scene) throws IOException, NotPlayable {
        long now = scene.stage().clock().instant().getEpochSecond();
        Map<String, Object> claims =
                Map.of(
                        "iss", provider.issuer(),
                        "aud", provider.client(),
                        "iat", now,
                        "exp", now + TOKEN_SECONDS,
                        "jti", UUID.randomUUID().toString(),
                        "sub", "somebody",
                        "events", Map.of(LOGOUT_EVENT, Map.of()));
        String unsigned =
                Jws.unsigned(Map.of("alg", "none", "typ", "logout+jwt"), claims).compact();
        String strange =
                Jws.unsigned(Map.of("alg", "ES256", "typ", "logout+jwt"), claims)
                        .es256(key())
                        .compact();
        for (String token : List.of(unsigned, strange)) {
            Reply reply =
                    browser(scene)
                            .send(
                                    Call.form(
                                            path(scene) + "/logout",
                                            Browser.encoded(Map.of("logout_token", token))));
            if (reply.status() / 100 == 2) {
                return new Seen.Yielded("a forged logout token was taken");
            }
        }
        return new Seen.Thwarted("forged logout tokens were refused");
    }

    private static PrivateKey key() throws NotPlayable {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException none) {
            throw new NotPlayable("this Java makes no key: " + none.getMessage());
        }
    }
}
