package dev.ringwall.federation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ringwall.model.Line;
import dev.ringwall.model.OutsideProvider;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a provider is asked; what it signs is tested where people sign in by it.
class FederationTest {

    private static final Wish WISH =
            new Wish(
                    "https://localhost:8443/auth/sso/acme/callback",
                    "s",
                    "n",
                    "c",
                    Optional.empty(),
                    OptionalLong.empty(),
                    false,
                    Optional.empty());

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, String> says = new ConcurrentHashMap<>();
    private final Map<String, String> heard = new ConcurrentHashMap<>();
    private final ECKey key = key();
    private final Federation federation =
            new Federation(name -> Optional.of("the secret of " + name), () -> key, clock);
    private HttpServer server;
    private String issuer = "";

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void start() throws IOException {
        serve(HttpServer.create(loopback(), 0), "http://127.0.0.1");
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void serve(HttpServer other, String origin) {
        server = other;
        issuer = origin + ":" + server.getAddress().getPort();
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    asked.incrementAndGet();
                    heard.put(
                            path,
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    byte[] body = says.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        metadata("");
    }

    private void metadata(String more) {
        says.put(
                "/.well-known/openid-configuration",
                """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys"%2$s}
                """
                        .formatted(issuer, more));
    }

    @AfterEach
    void stop() {
        federation.close();
        server.stop(0);
    }

    private OutsideProvider provider(Optional<String> secret, Optional<String> authority) {
        return new OutsideProvider(
                "acme",
                issuer,
                "shop",
                secret,
                false,
                Map.of(),
                List.of("groups"),
                OutsideProvider.SecondFactor.NEVER,
                List.of(),
                authority,
                Map.of(),
                new Line("ringwall.yaml", 1, 1));
    }

    private Checked<URI> begin() {
        return federation.begin(provider(Optional.of("acme-client"), Optional.empty()), WISH);
    }

    @Test
    void aBrowserIsSentWithWhatIsAsked() {
        assertThat(begin()).isInstanceOf(Checked.Right.class);
        assertThat(((Checked.Right<URI>) begin()).value().toString())
                .startsWith(issuer + "/authorize?response_type=code&client_id=shop&redirect_uri=")
                .contains(
                        "&scope=openid+groups&state=s&nonce=n&code_challenge=c&code_challenge_method=S256");
    }

    @Test
    void metadataOfAnotherIssuerCountsNot() {
        says.put(
                "/.well-known/openid-configuration",
                says.get("/.well-known/openid-configuration")
                        .replace("\"issuer\":\"" + issuer, "\"issuer\":\"" + issuer + "/"));

        assertThat(begin()).isEqualTo(new Checked.Wrong<>("metadata-of-another"));
    }

    @Test
    void metadataThatLeadsIntoPrivateNetworksCountsNot() {
        metadata(",\"pushed_authorization_request_endpoint\":\"https://10.0.0.7/par\"");
        assertThat(begin()).isEqualTo(new Checked.Wrong<>("address-not-allowed"));

        clock.advance(Duration.ofMinutes(16));
        metadata(",\"end_session_endpoint\":\"http://login.acme.example/\"");
        assertThat(begin()).isEqualTo(new Checked.Wrong<>("metadata-not-valid"));
    }

    @Test
    void whatIsNotJsonOrTooMuchCountsNot() {
        says.put("/.well-known/openid-configuration", "<html>");
        assertThat(begin()).isEqualTo(new Checked.Wrong<>("metadata-not-valid"));

        clock.advance(Duration.ofSeconds(31));
        says.put("/.well-known/openid-configuration", "x".repeat(Fetch.BYTES_MAX + 1));
        assertThat(begin()).isEqualTo(new Checked.Wrong<>("provider-unreachable"));
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedEveryHalfMinuteAndWhatWasReadCountsForADay() {
        says.remove("/.well-known/openid-configuration");
        says.put("/.well-known/openid-configuration", "x".repeat(Fetch.BYTES_MAX + 1));
        begin();
        begin();
        begin();
        assertThat(asked.get()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(31));
        metadata("");
        assertThat(begin()).isInstanceOf(Checked.Right.class);
        server.stop(0);
        clock.advance(Duration.ofHours(23));
        assertThat(begin()).isInstanceOf(Checked.Right.class);
        clock.advance(Duration.ofHours(2));
        assertThat(begin()).isEqualTo(new Checked.Wrong<>("provider-unreachable"));
    }

    @Test
    void aRequestIsPushedWhereThatIsOfferedByWhoProvesItselfWithKeys() throws Exception {
        metadata(",\"pushed_authorization_request_endpoint\":\"" + issuer + "/par\"");
        says.put("/par", "{\"request_uri\":\"urn:example:1\",\"expires_in\":60}");

        Checked<URI> there = federation.begin(provider(Optional.empty(), Optional.empty()), WISH);

        assertThat(((Checked.Right<URI>) there).value())
                .hasToString(issuer + "/authorize?client_id=shop&request_uri=urn%3Aexample%3A1");
        String form = heard.getOrDefault("/par", "");
        assertThat(form).contains("state=s").contains("nonce=n");
        SignedJWT assertion =
                SignedJWT.parse(
                        URLDecoder.decode(
                                form.replaceAll(".*client_assertion=([^&]*).*", "$1"),
                                StandardCharsets.UTF_8));
        assertThat(assertion.verify(new com.nimbusds.jose.crypto.ECDSAVerifier(key))).isTrue();
        assertThat(assertion.getJWTClaimsSet().getAudience()).containsExactly(issuer);
        assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("shop");
    }

    @Test
    void aProviderIsBelievedByTheDeclaredCertificatesAloneWhereThereAreSome() throws Exception {
        server.stop(0);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate own = certificate(pair);
        HttpsServer tls = HttpsServer.create(loopback(), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(shows(pair, own)));
        serve(tls, "https://localhost");

        assertThat(federation.begin(provider(Optional.of("s"), Optional.empty()), WISH))
                .isEqualTo(new Checked.Wrong<>("provider-unreachable"));
        assertThat(federation.begin(provider(Optional.of("s"), Optional.of(pem(own))), WISH))
                .isInstanceOf(Checked.Right.class);
        KeyPair other = generator.generateKeyPair();
        assertThat(
                        federation.begin(
                                provider(Optional.of("s"), Optional.of(pem(certificate(other)))),
                                WISH))
                .isEqualTo(new Checked.Wrong<>("provider-unreachable"));
    }

    private static X509Certificate certificate(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.ofEpochMilli(java.time.Clock.systemUTC().millis());
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        name,
                        pair.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate())));
    }

    private static SSLContext shows(KeyPair pair, X509Certificate certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "own", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        return tls;
    }

    private static String pem(X509Certificate certificate) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
