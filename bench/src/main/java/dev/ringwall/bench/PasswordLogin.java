package dev.ringwall.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A whole login as a browser and a web application do it (OAuth 2.1 authorization code with PKCE): the question, the page, the password, the code,
/// the tokens. Each login is a browser that has not been there before.
final class PasswordLogin {

    private static final int HOPS_MAX = 8;
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s(name|value)=\"([^\"]*)\"");

    private final Provider provider;
    private final HttpClient http;

    PasswordLogin(Provider provider, Path root) throws IOException {
        this.provider = provider;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(Traffic.trusting(root))
                        .build();
    }

    /// Signs in once.
    ///
    /// @throws IOException when what comes is not what must come next
    void once() throws IOException, InterruptedException {
        Map<String, String> cookies = new HashMap<>();
        String verifier = random() + random();
        String state = random();
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", provider.web().name());
        asked.put("redirect_uri", Provider.RETURN);
        asked.put("scope", provider.paths().scope());
        asked.put("state", state);
        asked.put("nonce", random());
        asked.put("code_challenge", challenge(verifier));
        asked.put("code_challenge_method", "S256");
        URI at = URI.create(provider.base() + provider.paths().authorize() + "?" + form(asked));
        HttpResponse<String> page = send(HttpRequest.newBuilder(at).GET(), cookies);
        for (int i = 0; i < HOPS_MAX && page.statusCode() / 100 == 3; i++) {
            at = at.resolve(location(page));
            page = send(HttpRequest.newBuilder(at).GET(), cookies);
        }
        Map<String, String> filled = fields(page);
        filled.put("username", provider.person().name());
        filled.put("password", provider.person().secret());
        at = at.resolve(action(page));
        HttpResponse<String> answer = send(posting(at, filled), cookies);
        for (int i = 0; i < HOPS_MAX && !location(answer).startsWith(Provider.RETURN); i++) {
            at = at.resolve(location(answer));
            answer = send(HttpRequest.newBuilder(at).GET(), cookies);
        }
        tokens(location(answer), state, verifier);
    }

    private void tokens(String returned, String state, String verifier)
            throws IOException, InterruptedException {
        Map<String, String> back = new HashMap<>();
        for (String pair : returned.substring(returned.indexOf('?') + 1).split("&", -1)) {
            back.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        if (!state.equals(back.get("state")) || !back.containsKey("code")) {
            throw new IOException(provider.name() + " sent no code, but: " + returned);
        }
        Map<String, String> swap = new LinkedHashMap<>();
        swap.put("grant_type", "authorization_code");
        swap.put("code", back.get("code"));
        swap.put("redirect_uri", Provider.RETURN);
        swap.put("code_verifier", verifier);
        HttpResponse<String> tokens =
                send(
                        posting(URI.create(provider.tokenUrl()), swap)
                                .header("Authorization", provider.web().basic()),
                        new HashMap<>());
        if (tokens.statusCode() != 200
                || !tokens.body().contains("\"access_token\"")
                || !tokens.body().contains("\"id_token\"")) {
            throw new IOException(
                    provider.name()
                            + " gave no tokens: "
                            + tokens.statusCode()
                            + " "
                            + tokens.body());
        }
    }

    private static HttpRequest.Builder posting(URI at, Map<String, String> fields) {
        return HttpRequest.newBuilder(at)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> cookies)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("set-cookie")) {
            String pair = cookie.replaceFirst(";.*", "");
            cookies.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
        }
        return answer;
    }

    private String location(HttpResponse<String> answer) throws IOException {
        return answer.headers()
                .firstValue("location")
                .orElseThrow(() ->
                        new IOException(
                                provider.name()
                                        + " sends nobody on from "
                                        + answer.uri().getPath()
                                        + ": "
                                        + answer.statusCode()
                                        + " "
                                        + answer.body()));
    }

    private String action(HttpResponse<String> page) throws IOException {
        Matcher found = ACTION.matcher(page.body());
        if (page.statusCode() != 200 || !found.find()) {
            throw new IOException(
                    provider.name() + " shows no form: " + page.statusCode() + " " + page.body());
        }
        return text(found.group(1));
    }

    private static Map<String, String> fields(HttpResponse<String> page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            Map<String, String> said = new HashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(hidden.group());
            while (attribute.find()) {
                said.put(attribute.group(1), text(attribute.group(2)));
            }
            fields.put(said.getOrDefault("name", ""), said.getOrDefault("value", ""));
        }
        return fields;
    }

    private static String text(String html) {
        return html.replace("&#x3D;", "=").replace("&#61;", "=").replace("&amp;", "&");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
