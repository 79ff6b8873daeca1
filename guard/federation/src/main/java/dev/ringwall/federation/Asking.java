package dev.ringwall.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.model.OutsideProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks a provider as its client: for a person, by a browser that is sent there (pushed where it offers that, RFC 9126), and for the ID token that a code
/// is good for.
final class Asking {

    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(1);
    private static final int URI_CHARACTERS_MAX = 2_000;

    private final Known known;
    private final Function<String, Optional<String>> secrets;
    private final Supplier<ECKey> signer;
    private final InstantSource clock;

    Asking(
            Known known,
            Function<String, Optional<String>> secrets,
            Supplier<ECKey> signer,
            InstantSource clock) {
        this.known = known;
        this.secrets = secrets;
        this.signer = signer;
        this.clock = clock;
    }

    /// Where the browser is sent.
    URI person(Wish wish) throws Untrusted {
        OutsideProvider provider = known.provider();
        Metadata metadata = known.metadata();
        Map<String, String> asks = new LinkedHashMap<>();
        asks.put("response_type", "code");
        asks.put("client_id", provider.client());
        asks.put("redirect_uri", wish.returnTo());
        asks.put(
                "scope",
                Stream.concat(Stream.of("openid"), provider.scopes().stream())
                        .collect(Collectors.joining(" ")));
        asks.put("state", wish.state());
        asks.put("nonce", wish.nonce());
        asks.put("code_challenge", wish.challenge());
        asks.put("code_challenge_method", "S256");
        wish.prompt().ifPresent(prompt -> asks.put("prompt", prompt));
        wish.maxAge().ifPresent(seconds -> asks.put("max_age", String.valueOf(seconds)));
        wish.hint().ifPresent(hint -> asks.put("login_hint", hint));
        if (wish.twice() && !provider.secondFactor().acr().isEmpty()) {
            asks.put("acr_values", String.join(" ", provider.secondFactor().acr()));
        }
        Optional<URI> pushed = metadata.pushed();
        Untrusted.unless(pushed.isPresent() || !metadata.mustPush(), "metadata-not-valid");
        if (pushed.isPresent()) {
            Map<String, Object> answer = ask(pushed.get(), asks, "request-not-taken");
            if (!(answer.get("request_uri") instanceof String uri)
                    || uri.length() > URI_CHARACTERS_MAX) {
                throw new Untrusted("request-not-taken");
            }
            asks.keySet().retainAll(java.util.Set.of("client_id"));
            asks.put("request_uri", uri);
        }
        String address = metadata.authorization().toString();
        return URI.create(address + (address.contains("?") ? "&" : "?") + encoded(asks));
    }

    /// What the code is good for: an ID token. The rest of the answer is not kept.
    String redeem(String code, String returnTo, String verifier) throws Untrusted {
        Map<String, String> asks = new LinkedHashMap<>();
        asks.put("grant_type", "authorization_code");
        asks.put("code", code);
        asks.put("redirect_uri", returnTo);
        asks.put("code_verifier", verifier);
        Map<String, Object> answer = ask(known.metadata().token(), asks, "code-not-taken");
        if (!(answer.get("id_token") instanceof String token)) {
            throw new Untrusted("id-token-missing");
        }
        return token;
    }

    private Map<String, Object> ask(URI where, Map<String, String> asks, String otherwise)
            throws Untrusted {
        Map<String, String> form = new LinkedHashMap<>(asks);
        String authorization = proven(form);
        Fetch.Answer answer = known.fetch().post(where, encoded(form), authorization);
        Untrusted.unless(answer.status() == 200 || answer.status() == 201, otherwise);
        try {
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException unreadable) {
            throw new Untrusted(otherwise, unreadable);
        }
    }

    /// Adds what proves us; returns the header where that is one.
    private String proven(Map<String, String> form) throws Untrusted {
        OutsideProvider provider = known.provider();
        if (provider.secret().isEmpty()) {
            form.put("client_id", provider.client());
            form.put(
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", assertion());
            return "";
        }
        String secret =
                secrets.apply(provider.secret().get())
                        .orElseThrow(() -> new Untrusted("secret-not-set"));
        java.util.Set<String> proofs = known.metadata().clientProofs();
        if (proofs.isEmpty() || proofs.contains("client_secret_basic")) {
            String pair = encoded(provider.client()) + ":" + encoded(secret);
            return "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        Untrusted.unless(proofs.contains("client_secret_post"), "proof-not-offered");
        form.put("client_id", provider.client());
        form.put("client_secret", secret);
        return "";
    }

    /// RFC 7523 §3; for the issuer alone, so that it is worth nothing elsewhere.
    private String assertion() throws Untrusted {
        OutsideProvider provider = known.provider();
        ECKey key = signer.get();
        Date now = Date.from(clock.instant());
        SignedJWT assertion =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType("client-authentication+jwt"))
                                .keyID(key.getKeyID())
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer(provider.client())
                                .subject(provider.client())
                                .audience(provider.issuer())
                                .jwtID(UUID.randomUUID().toString())
                                .issueTime(now)
                                .expirationTime(Date.from(clock.instant().plus(ASSERTION_LIFE)))
                                .build());
        try {
            assertion.sign(new ECDSASigner(key));
        } catch (JOSEException unable) {
            throw new IllegalStateException("a key that signs tokens", unable);
        }
        return assertion.serialize();
    }

    static String encoded(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
