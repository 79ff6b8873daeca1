package dev.ringwall.gateway;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/// A service of gRPC with one method of each kind. Its messages are plain text.
final class Parcels {

    static final Metadata.Key<String> TRAILER =
            Metadata.Key.of("parcel-count", Metadata.ASCII_STRING_MARSHALLER);

    private static final MethodDescriptor.Marshaller<String> TEXT =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(String value) {
                    return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public String parse(InputStream stream) {
                    try {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                }
            };

    /// The headers of the newest call that reached the service.
    static final AtomicReference<Metadata> SEEN = new AtomicReference<>();

    private Parcels() {}

    static ServerServiceDefinition remembered() {
        return ServerInterceptors.intercept(service(), new Remembering());
    }

    private static MethodDescriptor<String, String> method(
            String name, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("shop.v1.Parcels/" + name)
                .build();
    }

    static MethodDescriptor<String, String> unary(String name) {
        return method(name, MethodDescriptor.MethodType.UNARY);
    }

    static final MethodDescriptor<String, String> LIST =
            method("List", MethodDescriptor.MethodType.SERVER_STREAMING);
    static final MethodDescriptor<String, String> TRACK =
            method("Track", MethodDescriptor.MethodType.BIDI_STREAMING);

    private static ServerServiceDefinition service() {
        return ServerServiceDefinition.builder("shop.v1.Parcels")
                .addMethod(
                        unary("Find"),
                        ServerCalls.asyncUnaryCall((String asked, StreamObserver<String> to) -> {
                            to.onNext("found " + asked);
                            to.onCompleted();
                        }))
                .addMethod(
                        unary("Drop"),
                        ServerCalls.asyncUnaryCall((String asked, StreamObserver<String> to) -> {
                            to.onNext("dropped " + asked);
                            to.onCompleted();
                        }))
                .addMethod(
                        unary("Fail"),
                        ServerCalls.asyncUnaryCall((String asked, StreamObserver<String> to) -> {
                            Metadata trailers = new Metadata();
                            trailers.put(TRAILER, "0");
                            to.onError(
                                    Status.NOT_FOUND
                                            .withDescription("no parcel " + asked)
                                            .asRuntimeException(trailers));
                        }))
                .addMethod(
                        unary("Sleep"),
                        ServerCalls.asyncUnaryCall((String _, StreamObserver<String> _) -> {}))
                .addMethod(
                        LIST,
                        ServerCalls.asyncServerStreamingCall(
                                (String asked, StreamObserver<String> to) -> {
                                    for (int i = 0; i < Integer.parseInt(asked); i++) {
                                        to.onNext("parcel " + i);
                                    }
                                    to.onCompleted();
                                }))
                .addMethod(TRACK, ServerCalls.asyncBidiStreamingCall(to -> new Echo("saw ", to)))
                .build();
    }

    private record Echo(String prefix, StreamObserver<String> to)
            implements StreamObserver<String> {
        @Override
        public void onNext(String value) {
            to.onNext(prefix + value);
        }

        @Override
        public void onError(Throwable broken) {
            to.onError(broken);
        }

        @Override
        public void onCompleted() {
            to.onCompleted();
        }
    }

    private static final class Remembering implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            SEEN.set(headers);
            return next.startCall(call, headers);
        }
    }

    /// What a caller hears.
    record Hearing(BlockingQueue<String> heard) implements StreamObserver<String> {
        @Override
        public void onNext(String value) {
            heard.add(value);
        }

        @Override
        public void onError(Throwable broken) {
            heard.add("broken: " + broken);
        }

        @Override
        public void onCompleted() {
            heard.add("end");
        }
    }
}
