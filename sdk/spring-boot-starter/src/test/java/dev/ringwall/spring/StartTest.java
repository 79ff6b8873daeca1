package dev.ringwall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

/// A service that cannot be guarded does not start, and says why.
class StartTest {

    private static final Map<String, String> ISSUER =
            Map.of(
                    "ringwall.without-gateway.issuer", "https://localhost:8443/auth",
                    "ringwall.without-gateway.audience", "https://localhost:8443");

    @Test
    void withoutAnEntrySecretItDoesNotStart() {
        assertThatThrownBy(() -> Running.start(Shop.class, Map.of(), Map.of()))
                .rootCause()
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("RINGWALL_ENTRY is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "letmein", "                x               "})
    void aSecretThatIsNoneDoesNotCount(String entry) {
        assertThatThrownBy(
                        () -> Running.start(Shop.class, Map.of("RINGWALL_ENTRY", entry), Map.of()))
                .rootCause()
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("too short");
    }

    @Test
    void aSidecarAndNoGatewayAtOnceIsAContradiction() {
        assertThatThrownBy(() ->
                        Running.start(Shop.class, Map.of("RINGWALL_ENTRY", Running.ENTRY), ISSUER))
                .rootCause()
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("both");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8443/auth",
                "http://shop.example.com/auth",
                "http://127.0.0.1.example.com/auth",
                "https://127.0.0.1@example.com/auth",
                "file:///etc/passwd",
                "localhost",
                "::"
            })
    void keysAreNotFetchedFromWhereAnybodyCouldReplaceThem(String issuer) {
        assertThatThrownBy(() ->
                        Running.start(
                                Shop.class,
                                Map.of(),
                                Map.of(
                                        "ringwall.without-gateway.issuer",
                                        issuer,
                                        "ringwall.without-gateway.audience",
                                        "https://door")))
                .rootCause()
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("expected: an address with https://");
    }

    @Test
    void anAudienceIsNeverLeftOut() {
        assertThatThrownBy(() ->
                        Running.start(
                                Shop.class,
                                Map.of(),
                                Map.of("ringwall.without-gateway.issuer", "https://door/auth")))
                .rootCause()
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("audience is missing");
    }

    @Test
    void aReactiveServiceDoesNotStartUnguarded() {
        assertThatThrownBy(() ->
                        Running.start(
                                Shop.class,
                                Map.of("RINGWALL_ENTRY", Running.ENTRY),
                                Map.of("spring.main.web-application-type", "reactive")))
                .isInstanceOf(CannotGuard.class)
                .hasMessageContaining("WebFlux");
    }

    @Test
    void theReasonComesWithARemedyInsteadOfAStackTrace() {
        CannotGuard failure = new CannotGuard("found", "do this");
        assertThat(new CannotGuardAnalyzer().analyze(failure, failure).getAction())
                .isEqualTo("do this");
    }

    @Test
    void theSidecarSaysWhereToListenWhateverTheApplicationSays() {
        try (Running shop =
                Running.start(
                        Shop.class,
                        Map.of(
                                "RINGWALL_ENTRY", Running.ENTRY,
                                "HOST", "127.0.0.1",
                                "PORT", "0"),
                        Map.of("server.port", "1", "server.address", "0.0.0.0"))) {
            Environment environment = shop.context().getEnvironment();
            assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
            assertThat(shop.get("/caller", Running.as("acc1", "clerk")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobodyIsMadeUpWhoCouldSignInWithAPassword() {
        try (Running shop = Running.behindSidecar(Map.of())) {
            assertThat(
                            shop.context()
                                    .getBeanNamesForType(
                                            org.springframework.security.core.userdetails
                                                    .UserDetailsService.class))
                    .isEmpty();
        }
    }
}
