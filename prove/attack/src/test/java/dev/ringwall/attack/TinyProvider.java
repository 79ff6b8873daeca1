package dev.ringwall.attack;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The identity provider of the tiny system.
final class TinyProvider {

    static final String CLIENT = "pages";
    static final int GUESSES_MAX = 10;

    private final Set<Weakness> weaknesses;
    private final TinyPushed pushed;
    private final KeyPair keys = Pki.keys();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> roles = new ConcurrentHashMap<>();
    private final Map<String, Integer> guesses = new ConcurrentHashMap<>();
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<String, String> csrf = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> waiting = new ConcurrentHashMap<>();
    private final Map<String, TinyGrant> codes = new ConcurrentHashMap<>();
    private final Map<String, TinyGrant> refreshes = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Map<String, String> bound = new ConcurrentHashMap<>();
    private final Set<String> takenBack = ConcurrentHashMap.newKeySet();
    private volatile String origin = "";
    private final String bank;

    /// @param bank the thumbprint of the certificate that the bank is known by
    TinyProvider(Set<Weakness> weaknesses, String bank) {
        this.bank = bank;
        this.weaknesses = weaknesses;
        this.pushed = new TinyPushed(weaknesses);
    }

    void at(String origin) {
        this.origin = origin;
    }

    String redirect() {
        return origin + "/callback";
    }

    Credential.Password account(String role, int number) {
        String user = role + number;
        passwords.put(user, "secret of " + user);
        roles.put(user, role);
        return new Credential.Password(user, "secret of " + user);
    }

    boolean tookBack(String token) {
        return takenBack.contains(token);
    }

    ECPublicKey publicKey() {
        return (ECPublicKey) keys.getPublic();
    }

    String sign(Map<String, Object> claims) {
        return Jws.unsigned(Map.of("typ", "at+jwt", "alg", "ES256", "kid", "k1"), claims)
                .es256(keys.getPrivate())
                .compact();
    }

    TinyHttp.Response answer(TinyHttp.Request request) throws Exception {
        String path = request.target().split("\\?", 2)[0];
        return switch (path) {
            case "/auth/authorize" -> {
                Optional<Map<String, String>> question =
                        pushed.question(TinyQuery.of(request.target()), redirect());
                yield question.isEmpty()
                        ? TinyHttp.Response.json(400, "{\"error\":\"invalid_request\"}")
                        : authorize(request, question.get());
            }
            case "/auth/par" -> pushed.push(TinyQuery.of("?" + request.body()));
            case "/auth/login" ->
                    request.method().equals("GET") ? loginPage(request) : login(request);
            case "/auth/token" -> token(request, TinyQuery.of("?" + request.body()));
            case "/auth/jwks" ->
                    TinyHttp.Response.json(
                            200,
                            "{\"keys\":["
                                    + new ECKey.Builder(Curve.P_256, publicKey())
                                            .keyID("k1")
                                            .build()
                                            .toJSONString()
                                    + "]}");
            case "/auth/revoke" -> {
                takenBack.add(TinyQuery.of("?" + request.body()).getOrDefault("token", ""));
                yield TinyHttp.Response.json(200, "{}");
            }
            case "/auth/userinfo" ->
                    TinyHttp.Response.json(
                            TinyBinding.bound(request)
                                            && !weaknesses.contains(Weakness.BINDING_IGNORED)
                                    ? 401
                                    : 200,
                            "{}");
            case "/auth/introspect" -> TinyHttp.Response.json(401, "{}");
            default -> TinyHttp.Response.json(404, "{}");
        };
    }

    private TinyHttp.Response authorize(TinyHttp.Request request, Map<String, String> question) {
        String redirect = question.getOrDefault("redirect_uri", "");
        String client = question.getOrDefault("client_id", "");
        boolean banks = client.equals(TinyBlueprint.BANK);
        if ((!client.equals(CLIENT) && !banks)
                || (!redirect.equals(banks ? TinyBlueprint.BANK_BACK : redirect())
                        && !question.containsKey("pushed")
                        && !weaknesses.contains(Weakness.REDIRECT_UNCHECKED))) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_request\"}");
        }
        boolean pkce =
                question.getOrDefault("code_challenge_method", "").equals("S256")
                        && question.containsKey("code_challenge");
        if (!question.getOrDefault("response_type", "").equals("code")
                || (!pkce && !weaknesses.contains(Weakness.PKCE_OPTIONAL))) {
            return TinyHttp.Response.to(
                    redirect + "?error=invalid_request&state=" + question.get("state"));
        }
        if (Weakness.refused(question, weaknesses)) {
            return TinyHttp.Response.to(
                    redirect + "?error=invalid_target&state=" + question.get("state"));
        }
        String session = TinyCookies.session(request);
        String user = sessions.get(session);
        boolean anew = question.containsKey("prompt") || question.containsKey("max_age");
        if (user == null || (anew && !weaknesses.contains(Weakness.OLD_LOGIN_TAKEN))) {
            String fresh = session.isEmpty() ? UUID.randomUUID().toString() : session;
            waiting.put(fresh, question);
            return TinyHttp.Response.to("/auth/login")
                    .with("Set-Cookie", TinyCookies.cookie(fresh));
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new TinyGrant(user, question, UUID.randomUUID().toString()));
        return TinyHttp.Response.to(redirect + "?code=" + code + "&state=" + question.get("state"));
    }

    private TinyHttp.Response loginPage(TinyHttp.Request request) {
        String session = TinyCookies.session(request);
        String token = UUID.randomUUID().toString();
        csrf.put(session, token);
        return new TinyHttp.Response(
                200,
                Map.of(
                        "Content-Type",
                        "text/html",
                        "Content-Security-Policy",
                        "default-src 'self'; frame-ancestors 'none'"),
                "<form method='post' action='/auth/login'><input name=\"_csrf\" type=\"hidden\" value=\""
                        + token
                        + "\"><input name=\"username\"><input name=\"password\" type=\"password\"></form>");
    }

    private TinyHttp.Response login(TinyHttp.Request request) {
        String session = TinyCookies.session(request);
        Map<String, String> form = TinyQuery.of("?" + request.body());
        if (!weaknesses.contains(Weakness.CSRF_IGNORED)
                && !form.getOrDefault("_csrf", "").equals(csrf.getOrDefault(session, "-"))) {
            return TinyHttp.Response.json(403, "{}");
        }
        String user = form.getOrDefault("username", "");
        if (guesses.getOrDefault(user, 0) >= GUESSES_MAX
                && !weaknesses.contains(Weakness.GUESSES_UNLIMITED)) {
            return TinyHttp.Response.json(429, "{}").with("Retry-After", "60");
        }
        if (!form.getOrDefault("password", "").equals(passwords.getOrDefault(user, "\0"))) {
            guesses.merge(user, 1, Integer::sum);
            return TinyHttp.Response.to("/auth/login?error");
        }
        String signedIn =
                weaknesses.contains(Weakness.SESSION_KEPT) && !session.isEmpty()
                        ? session
                        : UUID.randomUUID().toString();
        sessions.put(signedIn, user);
        Map<String, String> question = waiting.getOrDefault(session, Map.of());
        return TinyHttp.Response.to("/auth/authorize?" + Browser.encoded(question))
                .with("Set-Cookie", TinyCookies.cookie(signedIn));
    }

    private TinyHttp.Response token(TinyHttp.Request request, Map<String, String> form)
            throws Exception {
        if (!weaknesses.contains(Weakness.BINDING_IGNORED) && TinyBinding.beforehand(request)) {
            return refused("use_dpop_nonce").with("DPoP-Nonce", TinyBinding.WORD);
        }
        if (form.getOrDefault("client_id", "").equals(TinyBlueprint.BANK)
                && !weaknesses.contains(Weakness.CERTIFICATE_CLIENT_UNCHECKED)
                && !TinyCertificates.shown(request, weaknesses).equals(Optional.of(bank))) {
            return refused("invalid_client");
        }
        Optional<String> key = TinyBinding.proved(request, origin + "/auth/token");
        return switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> code(form, key);
            case "refresh_token" -> refresh(form.getOrDefault("refresh_token", ""), key);
            default -> refused("unsupported_grant_type");
        };
    }

    private TinyHttp.Response code(Map<String, String> form, Optional<String> key)
            throws Exception {
        String code = form.getOrDefault("code", "");
        TinyGrant grant = codes.get(code);
        if (grant == null
                || (!form.getOrDefault("client_id", "").equals(grant.client())
                        && !weaknesses.contains(Weakness.CODE_OF_ANYBODY))) {
            return refused("invalid_grant");
        }
        if (!used.add(code) && !weaknesses.contains(Weakness.CODE_TWICE)) {
            revoke(grant.family());
            return refused("invalid_grant");
        }
        String hash =
                Base64URL.encode(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(
                                                form.getOrDefault("code_verifier", "")
                                                        .getBytes(StandardCharsets.US_ASCII)))
                        .toString();
        String challenge = grant.question().getOrDefault("code_challenge", hash);
        return hash.equals(challenge) || weaknesses.contains(Weakness.PKCE_OPTIONAL)
                ? tokens(grant, key)
                : refused("invalid_grant");
    }

    private TinyHttp.Response refresh(String token, Optional<String> key) {
        TinyGrant grant = refreshes.get(token);
        if (grant == null || revoked.contains(grant.family())) {
            return refused("invalid_grant");
        }
        if (bound.containsKey(grant.family())
                && !Optional.of(bound.get(grant.family())).equals(key)
                && !weaknesses.contains(Weakness.BINDING_IGNORED)) {
            return refused("invalid_dpop_proof");
        }
        if (!used.add(token) && !weaknesses.contains(Weakness.REFRESH_TWICE)) {
            revoke(grant.family());
            return refused("invalid_grant");
        }
        return tokens(grant, key);
    }

    private void revoke(String family) {
        if (!weaknesses.contains(Weakness.FAMILY_KEPT)) {
            revoked.add(family);
        }
    }

    private TinyHttp.Response tokens(TinyGrant grant, Optional<String> key) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", origin + "/auth");
        claims.put("aud", origin);
        claims.put("sub", grant.user());
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("roles", List.of(roles.getOrDefault(grant.user(), "")));
        claims.put("scope", grant.question().getOrDefault("scope", ""));
        if (grant.client().equals(TinyBlueprint.BANK)) {
            claims.put("cnf", Map.of("x5t#S256", bank));
        }
        key.ifPresent(bindTo -> {
            claims.put("cnf", Map.of("jkt", bindTo));
            bound.put(grant.family(), bindTo);
        });
        String refresh = UUID.randomUUID().toString();
        refreshes.put(refresh, grant);
        Map<String, Object> about = new HashMap<>(claims);
        about.put("aud", CLIENT);
        String id =
                Jws.unsigned(Map.of("typ", "JWT", "alg", "ES256", "kid", "k1"), about)
                        .es256(keys.getPrivate())
                        .compact();
        return TinyHttp.Response.json(
                200,
                "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"id_token\":\"%s\"}"
                        .formatted(sign(claims), refresh, id));
    }

    private static TinyHttp.Response refused(String error) {
        return TinyHttp.Response.json(400, "{\"error\":\"" + error + "\"}");
    }
}
