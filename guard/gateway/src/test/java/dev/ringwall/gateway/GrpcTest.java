package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// gRPC through the door and a sidecar, with grpc-java at both ends.
class GrpcTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            data:
              parcel: { class: internal }
            roles:
              shopper: { login: password }
              clerk:   { login: password }
            services:
              parcels:
                run: java -jar parcels.jar
                stores: { files: [parcel] }
                operations:
                  find:  { grpc: shop.v1.Parcels/Find,  allow: shopper, accepts: [parcel] }
                  fail:  { grpc: shop.v1.Parcels/Fail,  allow: shopper, accepts: [parcel] }
                  sleep: { grpc: shop.v1.Parcels/Sleep, allow: shopper, accepts: [parcel] }
                  list:  { grpc: shop.v1.Parcels/List,  allow: shopper, accepts: [parcel] }
                  track: { grpc: shop.v1.Parcels/Track, allow: shopper, accepts: [parcel] }
                  drop:  { grpc: shop.v1.Parcels/Drop,  allow: clerk,   accepts: [parcel] }
                  page:  { http: GET /page, allow: anyone }
              couriers:
                run: java -jar couriers.jar
                operations:
                  ask: { http: POST /ask, allow: shopper, accepts: [parcel] }
                calls: [parcels.find]
            """;

    private static final Metadata.Key<String> CALLER = header("ringwall-caller");

    private static World world;
    private static Server server;
    private static ManagedChannel wire;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(YAML);
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(Parcels.remembered())
                        .build()
                        .start();
        InetSocketAddress inbound =
                world.plane.open(
                        new Listener.Inbound(
                                "parcels",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                world.identity("parcels"),
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), server.getPort()),
                                World.ENTRY));
        world.endpoint("parcels", inbound);
        wire =
                NettyChannelBuilder.forAddress("localhost", world.door.getPort())
                        .sslContext(
                                GrpcSslContexts.forClient()
                                        .trustManager(
                                                new ByteArrayInputStream(
                                                        world.authority
                                                                .root()
                                                                .pem()
                                                                .getBytes(
                                                                        StandardCharsets.US_ASCII)))
                                        .build())
                        .build();
    }

    @AfterAll
    static void end() {
        wire.shutdownNow();
        server.shutdownNow();
        world.close();
    }

    private static Metadata.Key<String> header(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static Channel as(String person) {
        Metadata headers = new Metadata();
        headers.put(
                header("authorization"),
                "Bearer "
                        + world.tokens.of(
                                person,
                                "shopper",
                                "parcels.find parcels.fail parcels.sleep parcels.list parcels.track parcels.drop"));
        headers.put(CALLER, "root");
        return ClientInterceptors.intercept(
                wire, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static CallOptions soon() {
        return CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeTheServiceHearsOfIt() {
        String large = "x".repeat(GrpcMessages.MESSAGE_BYTES_MAX + 1);
        Status refused = refusal(as("ana"), Parcels.unary("Find"), large);
        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused.getDescription()).startsWith("too-large: ");
        assertThat(said(Parcels.unary("Find"), large.substring(1, 1_000_000))).isNotEmpty();
    }

    private static String said(MethodDescriptor<String, String> method, String text) {
        return ClientCalls.blockingUnaryCall(as("ana"), method, soon(), text);
    }

    private static Status refusal(
            Channel channel, MethodDescriptor<String, String> method, String text) {
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(channel, method, soon(), text))
                .getStatus();
    }

    @Test
    void aCallIsDecidedAndTheServiceLearnsWhoCalls() {
        assertThat(said(Parcels.unary("Find"), "17")).isEqualTo("found 17");
        assertThat(Parcels.SEEN.get().get(CALLER)).isEqualTo("ana");
        assertThat(Parcels.SEEN.get().get(header("ringwall-operation"))).isEqualTo("parcels.find");
        assertThat(Parcels.SEEN.get().get(header("authorization"))).isNull();
    }

    @Test
    void aRefusalIsAStatusOfGrpcWithItsReason() {
        Status nobody = refusal(wire, Parcels.unary("Find"), "17");
        assertThat(nobody.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(nobody.getDescription()).startsWith("no-token: ");

        Status notAllowed = refusal(as("ana"), Parcels.unary("Drop"), "17");
        assertThat(notAllowed.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(notAllowed.getDescription()).startsWith("not-allowed: ");

        Status unknown = refusal(as("ana"), Parcels.unary("Steal"), "17");
        assertThat(unknown.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void theStatusAndTrailersOfTheServiceComeThrough() {
        StatusRuntimeException failed =
                catchThrowableOfType(
                        StatusRuntimeException.class, () -> said(Parcels.unary("Fail"), "17"));
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failed.getStatus().getDescription()).isEqualTo("no parcel 17");
        assertThat(failed.getTrailers().get(Parcels.TRAILER)).isEqualTo("0");
    }

    @Test
    void manyAnswersComeInOrder() {
        Iterator<String> answers =
                ClientCalls.blockingServerStreamingCall(as("ana"), Parcels.LIST, soon(), "5000");
        List<String> all = new ArrayList<>();
        answers.forEachRemaining(all::add);
        assertThat(all).hasSize(5_000).startsWith("parcel 0").endsWith("parcel 4999");
    }

    @Test
    void bothSidesMaySpeakInTurns() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        StreamObserver<String> say =
                ClientCalls.asyncBidiStreamingCall(
                        as("ana").newCall(Parcels.TRACK, soon()), new Parcels.Hearing(heard));
        for (int i = 0; i < 20; i++) {
            say.onNext("step " + i);
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("saw step " + i);
        }
        say.onCompleted();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
    }

    @Test
    void aServiceCallsAnotherOnItsWayOut() {
        int port = world.outbound.get("couriers>parcels").getPort();
        ManagedChannel out =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            assertThat(ClientCalls.blockingUnaryCall(out, Parcels.unary("Find"), soon(), "9"))
                    .isEqualTo("found 9");
            assertThat(Parcels.SEEN.get().get(CALLER)).endsWith("couriers");
            assertThat(refusal(out, Parcels.unary("Drop"), "17").getDescription())
                    .startsWith("call-not-declared: ");
        } finally {
            out.shutdownNow();
        }
    }

    @Test
    void aCallThatTakesLongerThanItsCallerWaitsIsGivenUpHere() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int stream = frames.open(false, call("Sleep", "grpc-timeout: 300m"));
            frames.frame(Frames.DATA, Frames.END_STREAM, stream, new byte[5]);
            assertThat(frames.await(stream).status()).isEqualTo(200);
        }
        assertThat(
                        catchThrowableOfType(
                                        StatusRuntimeException.class,
                                        () ->
                                                ClientCalls.blockingUnaryCall(
                                                        as("ana"),
                                                        Parcels.unary("Sleep"),
                                                        CallOptions.DEFAULT.withDeadlineAfter(
                                                                300, TimeUnit.MILLISECONDS),
                                                        "17"))
                                .getStatus()
                                .getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void whoSaysThatItWaitsForAgesIsServed() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int stream = frames.open(false, call("Find", "grpc-timeout: 99999999H"));
            frames.frame(Frames.DATA, Frames.END_STREAM, stream, new byte[5]);
            Frames.Ended ended = frames.await(stream);
            assertThat(ended.status()).isEqualTo(200);
            assertThat(ended.body()).endsWith("found ");
        }
    }

    @Test
    void aTimeThatIsNoneIsRefused() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int stream = frames.open(true, call("Find", "grpc-timeout: soon"));
            assertThat(frames.headers(stream).get("grpc-status").toString()).isEqualTo("3");
        }
    }

    @Test
    void whatIsNotGrpcDoesNotReachAMethodOfIt() throws IOException {
        Parcels.SEEN.set(new Metadata());
        String token = World.bearer(world.tokens.of("ana", "shopper", "parcels.find"));
        assertThat(world.post("/shop.v1.Parcels/Find", "{}", token).status()).isEqualTo(415);
        assertThat(
                        world.post(
                                        "/shop.v1.Parcels/Find",
                                        "{}",
                                        token,
                                        "Content-Type: application/grpc")
                                .status())
                .isEqualTo(415);
        assertThat(Parcels.SEEN.get().keys()).isEmpty();
    }

    private static String[] call(String method, String timeout) {
        return new String[] {
            ":method: POST",
            ":scheme: https",
            ":authority: localhost",
            ":path: /shop.v1.Parcels/" + method,
            "content-type: application/grpc",
            "te: trailers",
            "authorization: Bearer "
                    + world.tokens.of("ana", "shopper", "parcels.find parcels.sleep"),
            timeout
        };
    }
}
