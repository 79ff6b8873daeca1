package dev.ringwall.gateway;

import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SignedToken;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.Thumbprint;
import dev.ringwall.model.OperationName;
import dev.ringwall.policy.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Makes transaction tokens, the good ones and others.
final class Txns {

    static final Caller ANA =
            new Caller.Person("ana", Set.of("shopper"), Set.of("orders.place"), "storefront");
    static final OperationName PLACE = new OperationName("orders", "place");
    static final OperationName READ = new OperationName("orders", "read");
    static final OperationName CHARGE = new OperationName("payments", "charge");

    private Txns() {}

    static TxnTokens tokens(World world) {
        return new TxnTokens(new PeerVerifier(world.authority.root(), world.clock), world.clock);
    }

    static SpiffeId id(String name) {
        return new SpiffeId("shop", name);
    }

    static String made(
            World world,
            Identity by,
            String to,
            OperationName operation,
            Caller caller,
            TxnTokens.Handed... prior) {
        return tokens(world)
                .make(
                        new TxnTokens.Statement(
                                by,
                                id(to),
                                operation,
                                caller,
                                "203.0.113.9",
                                prior.length == 0 ? Optional.empty() : Optional.of(prior[0])),
                        "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
    }

    /// A token that was handed over, and whose it says it is.
    static TxnTokens.Handed handed(Identity by, String token) {
        return new TxnTokens.Handed(token, Peer.of(by.id().orElseThrow(), by.chain()));
    }

    /// A token of that node that says what the caller likes.
    static String forged(World world, Identity by, Consumer<Map<String, Object>> change) {
        return SignedToken.sign(TxnTokens.TYPE, claims(world, by, change), by);
    }

    /// The same under a header that the caller likes.
    static String headed(
            World world,
            Identity by,
            Consumer<Map<String, Object>> header,
            Consumer<Map<String, Object>> claims) {
        Map<String, Object> members = new HashMap<>();
        members.put("alg", "ES256");
        members.put("typ", TxnTokens.TYPE);
        members.put("x5t#S256", Thumbprint.of(by.certificate()));
        header.accept(members);
        String input =
                Base64URL.encode(StrictJson.write(members))
                        + "."
                        + Base64URL.encode(claims(world, by, claims));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(by.privateKey());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] claims(World world, Identity by, Consumer<Map<String, Object>> change) {
        long now = world.clock.instant().getEpochSecond();
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", by.id().orElseThrow().toString());
        claims.put("aud", id("orders").toString());
        claims.put("iat", now);
        claims.put("exp", now + 30);
        claims.put("txn", "01J9ZZZZZZZZZZZZZZZZZZZZZZ");
        claims.put("sub", "ana");
        claims.put("scope", "orders.place");
        claims.put("rctx", Map.of("kind", "person", "roles", Set.of("shopper"), "client", "c"));
        claims.put("cnf", Map.of("x5t#S256", Thumbprint.of(by.certificate())));
        change.accept(claims);
        return StrictJson.write(claims);
    }

    static Wire.Reply call(
            World world, Identity as, String service, String target, String... headers)
            throws IOException {
        try (Wire wire =
                Wire.tls(world.inbound.get(service), InetAddress.getLoopbackAddress(), as)) {
            return wire.post(target, "{}", headers);
        }
    }

    static String header(String token) {
        return "Txn-Token: " + token;
    }
}
