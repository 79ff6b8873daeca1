package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Attacks on WebSocket and gRPC, on a door that hands everything on, and on one that says no as it should.
final class ProtocolsLetThroughTest {

    private static final Blueprint PARCELS =
            Sketch.sound(
                    "parcels",
                    Map.of(
                            "shopper",
                            Sketch.role("shopper", Role.Login.PASSWORD, List.of(), List.of(), 2)),
                    Map.of(
                            "parcels",
                            Sketch.service(
                                    "parcels",
                                    List.of(
                                            Sketch.operation(
                                                    "parcels.find",
                                                    "grpc shop.v1.Parcels/Find",
                                                    Sketch.allow(3, "shopper"),
                                                    ""),
                                            Sketch.operation(
                                                    "parcels.live",
                                                    "websocket /parcels/{id}/live",
                                                    Sketch.allow(4, "shopper"),
                                                    "")),
                                    List.of())),
                    Map.of(),
                    List.of());

    private static Verdict played(String attack, TinyHttp.Handler door) throws IOException {
        try (Laboratory laboratory = new Laboratory(PARCELS, "TLSv1.3", door)) {
            return laboratory.play(attack);
        }
    }

    private static TinyHttp.Response refused(TinyHttp.Request request, Reason reason) {
        return request.header("te").isPresent()
                ? TinyHttp.Response.json(200, "").with("grpc-message", reason.word() + ": no.")
                : TinyRoutes.refuse(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "parcels.find/json-instead-of-grpc, MEDIA_TYPE_NOT_DECLARED",
        "parcels.find/grpc-message-too-large, TOO_LARGE",
        "parcels.find/grpc-message-odd, BAD_REQUEST",
        "parcels.live/request-instead-of-websocket, REQUEST_NOT_VALID",
        "parcels.live/websocket-from-elsewhere, ORIGIN_NOT_ALLOWED"
    })
    void whatIsHandedOnGetsThroughAndWhatIsRefusedDoesNot(String attack, Reason reason)
            throws IOException {
        assertThat(played(attack, _ -> TinyHttp.Response.json(200, "{}")))
                .isInstanceOf(Verdict.GotThrough.class);
        assertThat(played(attack, request -> refused(request, reason)))
                .isInstanceOf(Verdict.Held.class);
        assertThat(played(attack, request -> refused(request, Reason.NOT_ALLOWED)))
                .isInstanceOf(Verdict.StoppedElsewhere.class);
    }
}
