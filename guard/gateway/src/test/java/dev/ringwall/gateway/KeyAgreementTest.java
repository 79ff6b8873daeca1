package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which key agreements the door takes, asked by a client that offers one only.
class KeyAgreementTest {

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), "BoringSSL does not load here");
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X25519MLKEM768, true",
        "x25519, true",
        "P-256, true",
        "P-384, true",
        "P-521, false"
    })
    void theDoorTakes(String group, boolean taken) throws Exception {
        assertThat(handshake(world.door, group)).isEqualTo(taken);
        assertThat(handshake(world.inbound.get("catalog"), group))
                .isFalse(); // without a certificate
    }

    private static boolean handshake(InetSocketAddress door, String group) throws IOException {
        SslContext context =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm("")
                        .option(OpenSslContextOption.GROUPS, new String[] {group})
                        .protocols("TLSv1.3")
                        .build();
        SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try (Socket socket = new Socket(door.getAddress(), door.getPort())) {
            socket.setSoTimeout(20_000);
            return answered(engine, socket.getInputStream(), socket.getOutputStream());
        } catch (SSLException refused) {
            return false;
        } finally {
            ReferenceCountUtil.release(engine);
        }
    }

    /// Whether the handshake ends well and a request is answered after it.
    private static boolean answered(SSLEngine engine, InputStream in, OutputStream out)
            throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(64 << 10);
        ByteBuffer coming = ByteBuffer.allocate(64 << 10).flip();
        ByteBuffer going = ByteBuffer.allocate(64 << 10);
        ByteBuffer request =
                ByteBuffer.wrap(
                        "GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        engine.beginHandshake();
        while (plain.position() == 0) {
            boolean shaken = engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    || (shaken && request.hasRemaining())) {
                engine.wrap(shaken ? request : ByteBuffer.allocate(0), going);
                out.write(going.array(), 0, going.position());
                going.clear();
            } else {
                int before = coming.remaining();
                engine.unwrap(coming, plain);
                if (coming.remaining() == before) {
                    coming.compact();
                    int read = in.read(coming.array(), coming.position(), coming.remaining());
                    if (read < 0) {
                        return false;
                    }
                    coming.position(coming.position() + read).flip();
                }
            }
        }
        return true;
    }
}
