package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.DeclaredClients;
import java.net.http.HttpResponse;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client with a certificate does, and what the gateway says about the certificate.
final class Certified {

    private Certified() {}

    /// The operator says by which certificates that client is known.
    static void known(House house, String client, String pem, @Nullable String name) {
        assertThat(
                        house.provider
                                .declaredClients()
                                .replaceCertificates(client, pem, name, House.OPERATOR))
                .isEqualTo(new DeclaredClients.Outcome.Certificates(client));
    }

    static String pem(X509Certificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + base64(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// As the gateway says it of a caller who showed that.
    static Browser showing(Browser browser, X509Certificate... chain) {
        browser.headers.put("Client-Cert", ":" + base64(chain[0]) + ":");
        if (chain.length > 1) {
            browser.headers.put("Client-Cert-Chain", ":" + base64(chain[1]) + ":");
        }
        return browser;
    }

    static Map<String, String> machine(String client) {
        return Map.of("grant_type", "client_credentials", "client_id", client);
    }

    /// The thumbprint of the certificate that the token in the answer is bound to.
    static String bound(HttpResponse<String> bought) {
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(Browser.json(bought).path("token_type").asString("")).isEqualTo("Bearer");
        return Browser.claims(Browser.json(bought).path("access_token").asString(""))
                .path("cnf")
                .path("x5t#S256")
                .asString("");
    }

    static void refused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asString("")).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
