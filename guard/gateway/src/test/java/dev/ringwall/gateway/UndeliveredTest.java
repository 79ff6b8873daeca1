package dev.ringwall.gateway;

import static dev.ringwall.gateway.Deliveries.OK;
import static dev.ringwall.gateway.Deliveries.assertUnanswered;
import static dev.ringwall.gateway.Deliveries.random;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a node cannot hand over, or not for certain, it knows of.
class UndeliveredTest {

    private final Deliveries node = new Deliveries();

    @AfterEach
    void end() throws Exception {
        node.close();
    }

    @Test
    void aConnectionThatEndsInTheMiddleIsNoAnswer() throws Exception {
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            in.skipNBytes(MutualServer.length(MutualServer.head(in)) / 2);
        });
        assertUnanswered(node.deliver(random(1 << 20)), "ended before the answer did");
    }

    @Test
    void anAnswerThatEndsInTheMiddleIsNoAnswer() throws Exception {
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            MutualServer.body(MutualServer.head(in), in);
            MutualServer.answer(connection, OK.substring(0, OK.length() - 1));
        });
        assertUnanswered(node.deliver(random(10)), "");
    }

    @Test
    void whatIsNotHttpIsNoAnswer() throws Exception {
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            MutualServer.body(MutualServer.head(in), in);
            MutualServer.answer(connection, "220 mail.example ESMTP\r\n\r\n");
            in.readAllBytes();
        });
        assertUnanswered(node.deliver(random(10)), "not well formed");
    }

    @Test
    void anAnswerIsReadUpToItsLimitOnly() throws Exception {
        int[] length = {Delivery.ANSWER_BYTES_MAX};
        node.begin(connection -> {
            InputStream in = connection.getInputStream();
            MutualServer.body(MutualServer.head(in), in);
            MutualServer.answer(
                    connection,
                    "HTTP/1.1 200 OK\r\nContent-Length: "
                            + length[0]
                            + "\r\n\r\n"
                            + "x".repeat(length[0]));
            in.readAllBytes();
        });
        assertThat(node.deliver(random(10))).isInstanceOf(Delivery.Outcome.Answered.class);
        length[0]++;
        node.server.close();
        node.serve(
                node.world.issue("control"),
                connection -> {
                    InputStream in = connection.getInputStream();
                    MutualServer.body(MutualServer.head(in), in);
                    MutualServer.answer(
                            connection,
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Integer.toHexString(length[0])
                                    + "\r\n"
                                    + "x".repeat(length[0])
                                    + "\r\n0\r\n\r\n");
                    in.readAllBytes();
                });
        assertUnanswered(node.deliver(random(10)), "more than " + Delivery.ANSWER_BYTES_MAX);
    }

    @Test
    void whoSaysNothingIsNotWaitedForForever() throws Exception {
        node.begin(connection -> connection.getInputStream().readAllBytes());
        assertUnanswered(
                node.deliver(
                        node.server.at("/"),
                        node.world.identity("gateway").get(),
                        random(10),
                        Duration.ofMillis(200)),
                "no answer within");
    }

    @Test
    void whoReadsNothingIsNotWaitedForForever() throws Exception {
        node.begin(connection -> {
            while (!connection.isClosed()) {
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            }
        });
        assertUnanswered(
                node.deliver(
                        node.server.at("/"),
                        node.world.identity("gateway").get(),
                        random(16 << 20),
                        Duration.ofMillis(300)),
                "no answer within");
    }

    @Test
    void aNodeThatStoppedSaysSo() throws Exception {
        node.begin(node::take);
        node.world.plane.close();
        assertUnanswered(node.deliver("{}".getBytes(StandardCharsets.UTF_8)), "stopping");
    }
}
