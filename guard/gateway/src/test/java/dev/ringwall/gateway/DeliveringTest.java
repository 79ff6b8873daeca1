package dev.ringwall.gateway;

import static dev.ringwall.gateway.Deliveries.OK;
import static dev.ringwall.gateway.Deliveries.WITHIN;
import static dev.ringwall.gateway.Deliveries.assertGood;
import static dev.ringwall.gateway.Deliveries.assertUnanswered;
import static dev.ringwall.gateway.Deliveries.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.Identity;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a node hands to one of our own arrives whole, and at nobody else's.
class DeliveringTest {

    private final Deliveries node = new Deliveries();

    @AfterEach
    void end() throws Exception {
        node.close();
    }

    @ParameterizedTest
    @EnumSource
    void everythingArrivesAsItIsOverOneConnection(NodeSettings.TlsLibrary tls) throws Exception {
        node.begin(tls);
        node.serve(node.world.issue("control"), node::take);
        for (int length :
                new int[] {
                    1,
                    0,
                    Delivering.PART_BYTES - 1,
                    Delivering.PART_BYTES,
                    Delivering.PART_BYTES + 1,
                    1 << 20
                }) {
            assertGood(node.deliver(random(length)));
            assertThat(node.bodies.getLast()).isEqualTo(random(length));
        }
        assertThat(node.heads)
                .allSatisfy(head ->
                        assertThat(head)
                                .startsWith("POST /v1/events?first=1 HTTP/1.1\r\n")
                                .containsIgnoringCase("content-type: application/x-ndjson\r\n")
                                .containsIgnoringCase("host: localhost:"));
        assertThat(node.server.connections()).isEqualTo(1);
    }

    @Test
    void aRefusalSaysWhy() throws Exception {
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            MutualServer.body(MutualServer.head(in), in);
            MutualServer.answer(
                    connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno: ");
        });
        assertThat(node.deliver(random(10)))
                .isInstanceOfSatisfying(
                        Delivery.Outcome.Answered.class,
                        answered -> {
                            assertThat(answered.status()).isEqualTo(403);
                            assertThat(answered.body()).asString().isEqualTo("no: ");
                        });
    }

    @Test
    void anAnswerBeforeAllWasReadIsHeardAndTheConnectionNotUsedAgain() throws Exception {
        node.begin(connection -> {
            MutualServer.head(connection.getInputStream());
            MutualServer.answer(connection, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
            connection.getInputStream().readAllBytes();
        });
        for (int i = 0; i < 2; i++) {
            assertThat(node.deliver(random(4 << 20)))
                    .isInstanceOfSatisfying(
                            Delivery.Outcome.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(413));
        }
        assertThat(node.server.connections()).isEqualTo(2);
    }

    @Test
    void nothingLeavesForWhoeverIsNotTheReceiver() throws Exception {
        node.begin(NodeSettings.TlsLibrary.QUICKEST);
        node.serve(node.world.issue("orders"), node::take);
        assertUnanswered(node.deliver(random(10)), "localhost");
        node.server.close();
        node.serve(node.stranger("control"), node::take);
        assertUnanswered(node.deliver(random(10)), "localhost");
        assertThat(node.heads).isEmpty();
    }

    @Test
    void aReceiverThatDoesNotBelieveTheNodeGetsNothing() throws Exception {
        node.begin(node::take);
        Identity stranger = node.stranger("gateway");
        assertThat(node.deliver(node.server.at("/"), stranger, random(10), WITHIN))
                .isInstanceOf(Delivery.Outcome.Unanswered.class);
        assertThat(node.heads).isEmpty();
    }

    @Test
    void aChangedIdentityIsShownFromTheNextOnes() throws Exception {
        List<X509Certificate> shown = new CopyOnWriteArrayList<>();
        node.begin(connection -> {
            shown.add(MutualServer.peer(connection));
            node.take(connection);
        });
        Identity before = node.world.issue("gateway");
        Identity after = node.world.issue("gateway");
        assertGood(node.deliver(node.server.at("/"), before, random(10), WITHIN));
        assertGood(node.deliver(node.server.at("/"), after, random(10), WITHIN));
        assertGood(node.deliver(node.server.at("/"), after, random(10), WITHIN));
        assertThat(shown).containsExactly(before.certificate(), after.certificate());
    }

    @Test
    void whoIsAwayIsSaidToBeAndMayComeBack() throws Exception {
        node.begin(node::take);
        URI away = node.server.at("/");
        assertGood(node.deliver(random(10)));
        node.server.close();
        assertUnanswered(
                node.deliver(away, node.world.identity("gateway").get(), random(10), WITHIN), "");
        node.serve(node.world.issue("control"), node::take);
        assertGood(node.deliver(random(10)));
    }

    @Test
    void aKeptConnectionThatDiedIsReplaced() throws Exception {
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            String head = MutualServer.head(in);
            node.heads.add(head);
            MutualServer.body(head, in);
            MutualServer.answer(connection, OK);
            MutualServer.head(in); // takes the next one's head and goes
        });
        for (int i = 1; i <= 3; i++) {
            assertGood(node.deliver(random(1 << 20)));
            assertThat(node.heads).hasSize(i);
        }
    }
}
