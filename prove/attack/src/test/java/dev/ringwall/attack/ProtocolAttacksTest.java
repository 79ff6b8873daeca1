package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProtocolAttacksTest {

    private static final Allow SHOPPER = Sketch.allow(3, "shopper");
    private static final Operation FIND =
            Sketch.operation("parcels.find", "grpc shop.v1.Parcels/Find", SHOPPER, "");
    private static final Operation LIVE =
            Sketch.operation("parcels.live", "websocket /parcels/{id}/live", SHOPPER, "");
    private static final Operation READ =
            Sketch.operation("parcels.read", "GET /parcels", SHOPPER, "");

    private static final Blueprint BLUEPRINT =
            Sketch.sound(
                    "shop",
                    Map.of(
                            "shopper",
                            Sketch.role("shopper", Role.Login.PASSWORD, List.of(), List.of(), 2)),
                    Map.of(
                            "parcels",
                            Sketch.service("parcels", List.of(FIND, LIVE, READ), List.of())),
                    Map.of(),
                    List.of());

    private static Expectation expected(String name) {
        return Derivation.of(BLUEPRINT).stream()
                .filter(attack -> attack.name().equals(name))
                .findFirst()
                .orElseThrow()
                .expected();
    }

    @Test
    void eachOperationIsSpokenToInAnotherProtocolThanItsOwn() {
        assertThat(expected("parcels.find/json-instead-of-grpc"))
                .isEqualTo(Expectation.stopped(Reason.MEDIA_TYPE_NOT_DECLARED));
        assertThat(expected("parcels.live/request-instead-of-websocket"))
                .isEqualTo(Expectation.stopped(Reason.REQUEST_NOT_VALID));
        assertThat(expected("parcels.read/websocket-upgrade"))
                .isEqualTo(Expectation.stopped(Reason.REQUEST_NOT_VALID));
        assertThat(expected("parcels.live/websocket-from-elsewhere"))
                .isEqualTo(Expectation.stopped(Reason.ORIGIN_NOT_ALLOWED));
    }

    @Test
    void whoMayOpenAWebSocketOpensIt() {
        assertThat(expected("parcels.live/as-shopper")).isEqualTo(Expectation.passes());
        String handshake =
                new String(
                        Requests.filled(LIVE, Map.of()).bytes("localhost"),
                        StandardCharsets.US_ASCII);
        assertThat(handshake)
                .startsWith("GET /parcels/1/live HTTP/1.1\r\n")
                .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n");
    }

    @Test
    void whoMayCallGrpcIsLetInAsFarAsHttp1Goes() {
        assertThat(expected("parcels.find/as-shopper")).isEqualTo(ProtocolAttacks.LET_IN_AS_GRPC);
        assertThat(Judge.of(ProtocolAttacks.LET_IN_AS_GRPC, new Seen.Refused(Reason.NOT_ALLOWED)))
                .isInstanceOf(Verdict.WronglyRefused.class);
    }
}
