package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinTest {

    private final CertificateAuthority shop = Authorities.of("shop");
    private final JoinToken token = JoinToken.random(shop.root(), "localhost:8444");

    /// A handshake of a node that knows the token alone; it shows a certificate because the test's server wants one.
    private Handshakes.Ended join(JoinTrust trust, Identity server) {
        SSLContext control =
                Handshakes.context(
                        new TlsKeys(() -> server),
                        TlsTrust.everyone(new PeerVerifier(shop.root(), Authorities.PRESENT)));
        Identity node = shop.issue(Authorities.workload("shop", "gateway"));
        return Handshakes.between(control, Handshakes.context(new TlsKeys(() -> node), trust));
    }

    private JoinTrust trust() {
        return new JoinTrust(token, Authorities.PRESENT);
    }

    private static Identity control(CertificateAuthority authority) {
        return authority
                .issue(new Profile.Workload(SpiffeId.control("shop"), Set.of("localhost")))
                .withRoot(authority.root());
    }

    @Test
    void aTokenIsReadBack() {
        assertThat(JoinToken.parse(token.dangerousText() + "\n"))
                .isInstanceOfSatisfying(
                        JoinToken.Parsed.Token.class,
                        parsed -> {
                            assertThat(parsed.token().id()).isEqualTo(token.id());
                            assertThat(parsed.token().control()).isEqualTo("localhost:8444");
                            assertThat(parsed.token().hasSecretSha256(token.secretSha256()))
                                    .isTrue();
                            assertThat(parsed.token().hasSecretSha256(other().secretSha256()))
                                    .isFalse();
                        });
        assertThat(token.toString()).isEqualTo("JoinToken[" + token.id() + "]");
    }

    private JoinToken other() {
        return JoinToken.random(shop.root(), "localhost:8444");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rwjoin_", "rwjoin_a.b.c.d", "rw_x"})
    void whatIsNoTokenIsMalformed(String text) {
        assertThat(JoinToken.parse(text)).isInstanceOf(JoinToken.Parsed.Malformed.class);
    }

    @Test
    void aTokenCannotPointAnywhere() {
        assertThatThrownBy(() -> JoinToken.random(shop.root(), "local host/../x"))
                .hasMessageContaining("host:port");
    }

    @Test
    void theFingerprintFindsTheControlPlaneAndItsRoot() {
        JoinTrust trust = trust();
        assertThat(trust.root()).isEmpty();
        assertThat(join(trust, control(shop))).isInstanceOf(Handshakes.Ended.Well.class);
        assertThat(trust.root()).contains(shop.root());
    }

    @Test
    void whoeverElseAnswersIsRefused() {
        Identity twin = control(Authorities.of("shop"));
        assertThat(join(trust(), twin)).isInstanceOf(Handshakes.Ended.Refused.class);
        Identity service = shop.issue(Authorities.workload("shop", "orders")).withRoot(shop.root());
        assertThat(join(trust(), service)).isInstanceOf(Handshakes.Ended.Refused.class);
        Identity withoutRoot = shop.issue(Authorities.workload("shop", "control"));
        assertThat(join(trust(), withoutRoot)).isInstanceOf(Handshakes.Ended.Refused.class);
    }
}
