package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Door;
import dev.ringwall.model.DoorCertificate;
import dev.ringwall.model.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Shaking hands again on an open connection, which TLS 1.2 has and TLS 1.3 has not. The JDK's server allows it, and OpenSSL's
/// where it is told to.
final class RenegotiationTest {

    private static final Blueprint OLD =
            Sketch.sound(
                    "old",
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(
                            "pages",
                            Sketch.service(
                                    "pages",
                                    List.of(
                                            Sketch.operation(
                                                    "pages.show",
                                                    "GET /",
                                                    new Allow.Anyone(Sketch.line(3)),
                                                    "")),
                                    List.of())),
                    Map.of(),
                    new Door(
                            Door.Tls.TLS_1_2,
                            Map.of(),
                            Map.of(),
                            List.of(),
                            Door.CONNECTIONS_PER_ADDRESS_DEFAULT,
                            Optional.empty(),
                            new DoorCertificate.Own(),
                            SigningAlgorithm.ES256),
                    Optional.empty(),
                    List.of());

    private static Verdict played() throws IOException {
        try (Laboratory laboratory =
                new Laboratory(OLD, "TLSv1.2", _ -> TinyHttp.Response.json(200, "{}"))) {
            return laboratory.play("gateway/tls-renegotiation");
        }
    }

    @Test
    void theJdkIsFoundAsItIs() throws IOException {
        assertThat(played()).isInstanceOf(Verdict.GotThrough.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void opensslIsFoundWhereItIsToldToAllowOne(boolean allows, @TempDir Path folder)
            throws Exception {
        assumeTrue(OpensslServer.isInstalled());
        try (OpensslServer server =
                OpensslServer.start(
                        folder, allows ? "-client_renegotiation" : "-no_resumption_on_reneg")) {
            Verdict verdict =
                    Laboratory.play(
                            "gateway/tls-renegotiation", OLD, server.port(), server.certificate());
            assertThat(verdict)
                    .isInstanceOf(allows ? Verdict.GotThrough.class : Verdict.Held.class);
            if (!allows) {
                assertThat(verdict.seen()).contains("no_renegotiation");
            }
        }
    }
}
