package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.Counters;
import dev.ringwall.model.Door;
import dev.ringwall.model.DoorCertificate;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.model.ThirdParty;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tiny system declares.
final class TinyBlueprint {

    static final String ORIGIN = "https://app.tiny.example";

    /// Where callers are asked for a certificate.
    static final String PROGRAMS = "programs.tiny.example";

    /// The client that has one, and where people go back to it.
    static final String BANK = "bank";

    static final String BANK_BACK = "https://bank.tiny.example/callback";

    static final int CONNECTIONS_MAX = 60;

    private static final Client CLIENT =
            new Client(
                    BANK,
                    Client.Kind.WEB,
                    Map.of("reader", Sketch.line(6)),
                    Map.of(BANK_BACK, Sketch.line(6)),
                    Map.of(),
                    Map.of(),
                    Client.Proof.CERTIFICATE,
                    Client.Profile.PLAIN,
                    Client.Subject.PUBLIC,
                    Optional.empty(),
                    Client.Consent.GIVEN,
                    Client.Logout.NOTHING,
                    SigningAlgorithm.ES256,
                    Sketch.line(6));

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Door DOOR =
            new Door(
                    Door.Tls.TLS_1_3,
                    Map.of(ORIGIN, Sketch.line(2)),
                    Map.of("referrer-policy", "same-origin"),
                    List.of(),
                    CONNECTIONS_MAX,
                    Optional.of(PROGRAMS),
                    new DoorCertificate.Own(),
                    SigningAlgorithm.ES256);

    private TinyBlueprint() {}

    static Blueprint of(List<AcceptedRisk> risks) {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("writer", Sketch.role("writer", Role.Login.PASSWORD, List.of(), List.of(), 3));
        roles.put("reader", Sketch.role("reader", Role.Login.PASSWORD, List.of(), List.of(), 4));
        roles.put(
                "robot",
                Sketch.role(
                        "robot",
                        Role.Login.API_KEY,
                        List.of(Network.parse("127.64.0.0/10").orElseThrow()),
                        List.of(Sketch.limit(30, Duration.ofDays(1), Limit.Key.CALLER, 5)),
                        5));
        Map<String, Service> services = new LinkedHashMap<>();
        services.put(
                "notes",
                Sketch.service(
                        "notes",
                        List.of(
                                Sketch.operation(
                                        "notes.list",
                                        "GET /notes",
                                        new Allow.Anyone(Sketch.line(10)),
                                        "",
                                        Sketch.limit(20, MINUTE, Limit.Key.ADDRESS, 10)),
                                TinyShape.on(
                                        Sketch.operation(
                                                "notes.add",
                                                "POST /notes",
                                                Sketch.allow(11, "writer"),
                                                "",
                                                Sketch.limit(60, MINUTE, Limit.Key.CALLER, 11))),
                                Sketch.operation(
                                        "notes.read",
                                        "GET /notes/{id}",
                                        Sketch.allow(12, "writer", "reader"),
                                        "caller.has('reader') || response.owner == caller.id"),
                                requiring(
                                        "notes.read",
                                        Sketch.operation(
                                                "notes.change",
                                                "PUT /notes/{id}",
                                                Sketch.allow(14, "writer"),
                                                "",
                                                new Limit(
                                                        200_000,
                                                        Limit.Unit.BYTES,
                                                        Duration.ofDays(1),
                                                        Limit.Key.CALLER,
                                                        Sketch.line(14)),
                                                new Limit(
                                                        3,
                                                        Limit.Unit.AT_ONCE,
                                                        Duration.ZERO,
                                                        Limit.Key.CALLER,
                                                        Sketch.line(14)))),
                                Sketch.operation(
                                        "notes.sweep",
                                        "DELETE /notes/{id}",
                                        Sketch.allow(13, "robot"),
                                        "")),
                        List.of("mail.send")));
        services.put(
                "mail",
                Sketch.service(
                        "mail",
                        List.of(
                                Sketch.operation(
                                        "mail.send", "POST /mails", new Allow.Nobody(), ""),
                                Sketch.operation(
                                        "mail.peek", "GET /mails", new Allow.Nobody(), "")),
                        List.of("sms.send")));
        services.put(
                "desk",
                Sketch.service(
                        "desk",
                        List.of(
                                TinyShape.answering(
                                        Sketch.operation(
                                                "desk.show",
                                                "GET /desk",
                                                Sketch.allow(30, "reader"),
                                                "",
                                                Sketch.limit(200, MINUTE, Limit.Key.ROLE, 30)))),
                        List.of()));
        Operation sms =
                Sketch.operation(
                        "sms.send",
                        "POST /sms",
                        new Allow.Nobody(),
                        "",
                        Sketch.limit(5, Duration.ofSeconds(1), Limit.Key.OPERATION, 40));
        ThirdParty party =
                new ThirdParty(
                        "sms",
                        URI.create("http://sms.example"),
                        Optional.empty(),
                        Map.of("send", sms),
                        Optional.empty(),
                        Sketch.line(39));
        return Sketch.sound(
                TinySystem.NAME,
                Map.of("visitor", TinyShape.VISITOR),
                roles,
                Map.of(BANK, CLIENT),
                services,
                Map.of("sms", party),
                DOOR,
                Optional.of(
                        new Counters(
                                URI.create("redis://127.0.0.1:6379"),
                                Optional.empty(),
                                Sketch.line(7))),
                risks);
    }

    private static Operation requiring(String read, Operation operation) {
        return new Operation(
                operation.name(),
                operation.route(),
                operation.allow(),
                operation.accepts(),
                operation.returns(),
                operation.when(),
                Optional.of(
                        new Operation.Required(
                                OperationName.parse(read).orElseThrow(), operation.line())),
                operation.limits(),
                operation.shape(),
                operation.line());
    }
}
