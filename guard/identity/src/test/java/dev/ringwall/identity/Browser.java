package dev.ringwall.identity;

import dev.ringwall.people.MachineClients;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Speaks to the provider as the gateway does for a browser: keeps cookies, reads forms, follows nothing by itself.
final class Browser {

    static final String VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-4-1";
    static final String CALLBACK = "https://localhost:8443/callback";

    private static final Pattern INPUT = Pattern.compile("name=\"form\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final House house;
    private final HttpClient client;
    final Map<String, String> cookies = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();

    Browser(House house, String as) {
        this(house, house.authority.as(as));
    }

    Browser(House house, SSLContext tls) {
        this.house = house;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        headers.put("Forwarded", "for=198.51.100.7;proto=https;host=localhost:8443");
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Answers.encoded(form))));
    }

    /// Sends JSON, with a token where there is one.
    HttpResponse<String> json(String method, String path, String body, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + house.provider.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    String.join(
                            "; ",
                            cookies.entrySet().stream()
                                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                                    .toList()));
        }
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (String line : response.headers().allValues("Set-Cookie")) {
                String[] pair = line.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return response;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// A good authorization request of the storefront.
    static Map<String, String> question() {
        Map<String, String> question = new LinkedHashMap<>();
        question.put("response_type", "code");
        question.put("client_id", "storefront");
        question.put("redirect_uri", CALLBACK);
        question.put("scope", "openid orders.place orders.read orders.ship");
        question.put("state", "xyz");
        question.put("nonce", "n-0S6");
        question.put("code_challenge", challenge());
        question.put("code_challenge_method", "S256");
        return question;
    }

    static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    HttpResponse<String> ask(Map<String, String> question) {
        return get(Paths.AUTHORIZE + "?" + Answers.encoded(question));
    }

    /// Fills in the login form that the answer leads to.
    HttpResponse<String> logIn(HttpResponse<String> asked, String name, String password) {
        HttpResponse<String> page = get(location(asked));
        return post(
                action(page), Map.of("form", form(page), "username", name, "password", password));
    }

    /// Signs in, where that is asked for, and returns the redirect to the client, with the code.
    HttpResponse<String> signIn(String name, Map<String, String> question) {
        HttpResponse<String> asked = ask(question);
        return location(asked).startsWith(Paths.LOGIN)
                ? get(location(logIn(asked, name, House.PASSWORD)))
                : asked;
    }

    String code(String name) {
        return query(location(signIn(name, question()))).get("code");
    }

    /// A word of the provider's for a proof, as who comes with a proof without one is told.
    String nonce() {
        String before = headers.put("DPoP", "none");
        try {
            return post(Paths.TOKEN, Map.of()).headers().firstValue("DPoP-Nonce").orElse("");
        } finally {
            headers.remove("DPoP");
            if (before != null) {
                headers.put("DPoP", before);
            }
        }
    }

    HttpResponse<String> buy(String code) {
        return post(
                Paths.TOKEN,
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "storefront",
                        "redirect_uri", CALLBACK,
                        "code_verifier", VERIFIER,
                        "code", code));
    }

    HttpResponse<String> refresh(String token) {
        return post(
                Paths.TOKEN,
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "storefront",
                        "refresh_token", token));
    }

    /// Asks with client credentials; the form may say more.
    HttpResponse<String> asClient(
            MachineClients.Outcome.Created client, String path, Map<String, String> form) {
        String pair = client.client().id() + ":" + client.secret();
        headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        try {
            return post(path, form);
        } finally {
            headers.remove("Authorization");
        }
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() ->
                        new AssertionError(
                                "no redirect but "
                                        + response.statusCode()
                                        + " "
                                        + response.body()));
    }

    static String form(HttpResponse<String> page) {
        return first(INPUT, page.body());
    }

    static String action(HttpResponse<String> page) {
        return first(ACTION, page.body()).replace("&amp;", "&");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    static Map<String, String> query(String location) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair :
                Optional.ofNullable(URI.create(location).getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /// The claims of a token, unverified.
    static JsonNode claims(String token) {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
