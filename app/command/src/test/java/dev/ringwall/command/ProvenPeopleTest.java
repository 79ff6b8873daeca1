package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.Authenticator;
import dev.ringwall.attack.Credential;
import dev.ringwall.attack.LoginFlow;
import dev.ringwall.link.FreePorts;
import dev.ringwall.model.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A system that asks some people for a second factor and has clients of all kinds: the commands that sign in, and every attack on people.
class ProvenPeopleTest {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: people
            data:
              note: { class: internal }
            roles:
              reader: { login: password }
              clerk:  { login: password, mfa: always }
              robot:  { login: client }
            services:
              notes:
                url: http://127.0.0.1:@PORT@
                operations:
                  list: { http: GET /notes, allow: [reader, clerk, robot], returns: [note] }
                  keep: { http: PUT /notes, allow: [reader, clerk], accepts: [note] }
            mail: { server: "localhost:@MAIL@", from: people@people.example }
            registration: { who: open, role: reader }
            client-registration: { who: invite, kinds: [browser], roles: [reader], at-most: 200 }
            door: { mutual-tls: certified.people.example }
            clients:
              web:   { kind: web, roles: [reader], return-to: ["https://web.people.example/callback"], proof: keys }
              bank:  { kind: web, roles: [reader], return-to: ["https://bank.people.example/callback"], proof: keys, profile: fapi-2.0 }
              probe: { kind: machine, roles: [robot], proof: certificate }
              tv:    { kind: device, roles: [reader] }
              watch: { kind: device, roles: [reader] }
              app:   { kind: web, roles: [reader], return-to: ["https://app.people.example/callback"], proof: keys, consent: ask }
              agent: { kind: web, roles: [reader], return-to: ["https://agent.people.example/callback"], proof: keys, acts-for: [reader] }
              print: { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], subject: pairwise, sector: print.people.example }
              album: { kind: browser, roles: [reader], return-to: ["https://album.people.example/callback"], subject: pairwise }
            """;

    @TempDir private static Path folder;

    private static NotesUnderTest people;
    private static SSLContext believedBefore;

    @BeforeAll
    static void start() throws IOException, InterruptedException, GeneralSecurityException {
        believedBefore = SSLContext.getDefault();
        SSLContext.setDefault(believing(OpensslCertificate.in(folder, "localhost")));
        people =
                NotesUnderTest.declaring(
                        folder, DECLARATION.replace("@MAIL@", Integer.toString(FreePorts.next())));
    }

    @AfterAll
    static void stop() throws IOException {
        SSLContext.setDefault(believedBefore);
        people.close();
    }

    /// As a Java does that was told of the mail server's certificate.
    private static SSLContext believing(Path certificate)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "mail", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static ShopUnderTest.Ended run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--state", people.state().path().toString()));
        return ShopUnderTest.run(all.toArray(String[]::new));
    }

    private static ShopUnderTest.Ended typing(String line, String... words) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
            return run(words);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whoeverShowsASecondFactorIsAskedForItsCode() throws IOException {
        assertThat(run("token", "--as", "clerk").err())
                .contains("dev-clerk has no authenticator app yet", "ringwall token --as clerk");

        Role clerk = people.system().declared().blueprint().declaration().roles().get("clerk");
        Authenticator app = new Authenticator(InstantSource.system());
        added(
                (Credential.Password) new Credentials(people.operator(), people.state()).of(clerk),
                app);

        ShopUnderTest.Ended unasked = run("call", "notes.list", "--as", "clerk");
        assertThat(unasked.err()).contains("`clerk` shows a second factor", "--code-stdin");
        assertThat(unasked.exitCode()).isEqualTo(Exit.UNUSABLE);
        assertThat(typing("", "token", "--as", "clerk", "--code-stdin").err())
                .contains("no code of the authenticator app came");
        assertThat(typing("000000", "token", "--as", "clerk", "--code-stdin").exitCode())
                .isEqualTo(Exit.UNUSABLE);

        ShopUnderTest.Ended token = typing(app.code(), "token", "--as", "clerk", "--code-stdin");
        assertThat(token.exitCode()).as(token.err()).isEqualTo(Exit.FINE);
        assertThat(run("call", "notes.list", "--as", "clerk").out())
                .startsWith("200 ALLOW  clerk may notes.list");
    }

    private static void added(Credential.Password account, Authenticator app) throws IOException {
        assertThat(
                        LoginFlow.at(
                                        Targets.of(
                                                people.state(),
                                                people.operator(),
                                                people.system().declared().blueprint()))
                                .signIn(
                                        new Credential.Password(
                                                account.user(), account.password(), app),
                                        ""))
                .isInstanceOf(LoginFlow.Outcome.Tokens.class);
    }

    @Test
    void everyAttackOnPeopleIsStopped()
            throws IOException, InterruptedException, GeneralSecurityException {
        Path certificate = OpensslCertificate.in(folder, "probe");
        assertThat(run("client", "certificate", "probe", certificate.toString()).exitCode())
                .isZero();

        ShopUnderTest.Ended proof =
                run(
                        "prove",
                        "--only",
                        "auth/*",
                        "--only",
                        "notes.list/as-*",
                        "--client-certificate",
                        "probe=" + folder.resolve("probe-and-key.pem"),
                        "--client-key",
                        key("web"),
                        "--client-key",
                        key("bank"),
                        "--client-key",
                        key("agent"),
                        "--letters",
                        folder.resolve("localhost-and-key.pem").toString(),
                        "--verbose");

        assertThat(proof.exitCode()).as(proof.out() + proof.err()).isZero();
        assertThat(proof.out())
                .contains(
                        "auth/fapi-token-unbound",
                        "auth/exchange-for-more",
                        "auth/consent-csrf",
                        "auth/pairwise-compared",
                        "auth/reset-code-guessing",
                        "auth/change-untold-recovery-codes",
                        "auth/registration-moved-unasked",
                        "auth/client-claims-undeclared");
    }

    @Test
    void aFileThatHoldsNoKeyOfAClientIsSaidToHoldNone() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.jwk"), "{\"kty\":\"oct\",\"k\":\"AAAA\"}");

        ShopUnderTest.Ended refused =
                run("prove", "--only", "auth/fapi-*", "--client-key", "bank=" + odd);

        assertThat(refused.exitCode()).isEqualTo(Exit.UNUSABLE);
        assertThat(refused.err()).contains(odd.toString(), "a JWK of P-256");
    }

    /// A key by which that client proves itself from now on, and its name: `NAME=FILE`.
    private static String key(String name) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
        String published =
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\""
                        .formatted(name, text(point.getAffineX()), text(point.getAffineY()));
        Path set =
                Files.writeString(
                        folder.resolve(name + ".jwks.json"), "{\"keys\":[{" + published + "}]}");
        assertThat(run("client", "keys", name, set.toString()).exitCode()).isZero();
        Path key =
                Files.writeString(
                        folder.resolve(name + ".jwk"),
                        "{"
                                + published
                                + ",\"d\":\""
                                + text(((ECPrivateKey) pair.getPrivate()).getS())
                                + "\"}");
        return name + "=" + key;
    }

    private static String text(BigInteger number) {
        byte[] all = number.toByteArray();
        byte[] last = new byte[32];
        int length = Math.min(last.length, all.length);
        System.arraycopy(all, all.length - length, last, last.length - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last);
    }
}
