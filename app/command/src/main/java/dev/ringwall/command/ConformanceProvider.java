package dev.ringwall.command;

import dev.ringwall.control.ControlPlane;
import dev.ringwall.control.ControlSettings;
import dev.ringwall.control.Declared;
import dev.ringwall.control.SuiteGuests;
import dev.ringwall.link.Json;
import dev.ringwall.link.OperatorFiles;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.ReturnAddress;
import dev.ringwall.node.Node;
import dev.ringwall.node.NodeSettings;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A provider for one run of the OpenID Foundation's conformance suite, with two clients and a user made for it. It lives in a folder of its
/// own, which is gone when it is closed; it knows no declaration but the one that it writes itself, and no other provider can be what it is.
final class ConformanceProvider implements AutoCloseable {

    static final String ALIAS = "ringwall";
    static final String USER = "conformance";

    private static final String ROLE = "person";
    private static final String ENTRY = "ringwall.yaml";
    private static final Duration JOIN_WITHIN = Duration.ofMinutes(5);
    private static final List<String> CLIENTS = List.of("suite-one", "suite-two");

    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /// Everything that a client may be told about the user (OpenID Connect Core §5.1).
    private static final String ATTRIBUTES =
            """
            {"name": {"formatted": "Connie Formance", "givenName": "Connie", "familyName": "Formance", "middleName": "O."},\
             "nickName": "Con", "profileUrl": "https://example.com/con", "timezone": "Europe/Berlin", "locale": "en-GB",\
             "emails": [{"value": "con@example.com", "primary": true}], "phoneNumbers": [{"value": "+1 555 0100", "primary": true}],\
             "addresses": [{"formatted": "1 Test Road, Anytown", "streetAddress": "1 Test Road", "locality": "Anytown",\
             "region": "Shire", "postalCode": "12345", "country": "GB", "primary": true}]}\
            """;

    private final Path folder;
    private final ControlPlane control;
    private final Node node;
    private final ConformanceSetting setting;

    /// Where it is to be.
    ///
    /// @param host   the name that the suite reaches it by
    /// @param listen the address that it listens on
    /// @param suite  where the suite is, as browsers reach it
    record Place(String host, int port, InetAddress listen, URI suite) {}

    private ConformanceProvider(
            Path folder, ControlPlane control, Node node, ConformanceSetting setting) {
        this.folder = folder;
        this.control = control;
        this.node = node;
        this.setting = setting;
    }

    /// What is told the suite and whoever sits before it.
    ConformanceSetting setting() {
        return setting;
    }

    static ConformanceProvider start(ConformancePlan plan, Place place)
            throws IOException, InterruptedException {
        Declared declared = declared(plan, place);
        Path folder = Files.createTempDirectory("ringwall-conformance-");
        boolean started = false;
        try {
            StateFolder state = new StateFolder(folder.resolve("state")).create();
            LogFile.open(state.log());
            ConformanceProvider provider = start(plan, place, declared, folder, state);
            started = true;
            return provider;
        } finally {
            if (!started) {
                forget(folder);
            }
        }
    }

    private static ConformanceProvider start(
            ConformancePlan plan, Place place, Declared declared, Path folder, StateFolder state)
            throws IOException, InterruptedException {
        URI door = URI.create("https://" + place.host() + ":" + place.port());
        ControlPlane control =
                RunningSystem.startControl(
                        new ControlSettings(
                                state.control(),
                                Optional.empty(),
                                state.operator(),
                                ENTRY,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                door,
                                Unlocking.secretFor(state, declared.blueprint().system()),
                                InstantSource.system()),
                        declared);
        try {
            Path root = folder.resolve("root.pem");
            Files.writeString(root, OperatorFiles.read(state.operator()).root().pem());
            SuiteGuests guests = control.suiteGuests();
            String password = guests.user(USER, ROLE, ATTRIBUTES);
            Map<String, Map<String, Object>> clients = new LinkedHashMap<>();
            for (String name : CLIENTS) {
                clients.put(name, client(guests, plan, name));
            }
            List<String> names = List.of(NodeSettings.GATEWAY);
            Node node =
                    RunningSystem.startNode(
                            new NodeSettings(
                                    state.node(RunningSystem.NODE),
                                    control.address(),
                                    Optional.of(control.joinTokens().make(names, JOIN_WITHIN)),
                                    names,
                                    new InetSocketAddress(place.listen(), place.port()),
                                    "127.0.0.1",
                                    Optional.empty(),
                                    Optional.empty(),
                                    InstantSource.system()));
            return new ConformanceProvider(
                    folder,
                    control,
                    node,
                    ConformanceSetting.of(plan, door, root, USER, password, clients));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            control.close();
            throw failed;
        }
    }

    /// Where the suite takes people who come back; the second client of FAPI comes back with a query.
    private static List<String> back(URI suite) {
        String callback = suite + "/test/a/" + ALIAS + "/callback";
        return List.of(callback, callback + "?dummy1=lorem&dummy2=ipsum");
    }

    private static Declared declared(ConformancePlan plan, Place place) {
        List<String> back = back(place.suite());
        if (!ReturnAddress.inEarnest(back.getFirst(), Client.Kind.WEB)) {
            throw new Unusable(
                    "`"
                            + place.suite()
                            + "` is not where a suite can be (expected: https://HOST or https://HOST:PORT)");
        }
        if (!HOST.matcher(place.host()).matches()) {
            throw new Unusable(
                    "`" + place.host() + "` is no host name (expected: one in small letters)");
        }
        StringBuilder text =
                new StringBuilder(
                        """
                        ringwall: 1
                        system: conformance
                        domain: %s
                        roles: { %s: { login: password } }
                        clients:
                        """
                                .formatted(place.host(), ROLE));
        for (String name : CLIENTS) {
            text.append(
                    "  %s: { kind: web, roles: [%s], return-to: [\"%s\", \"%s\"]%s }%n"
                            .formatted(name, ROLE, back.get(0), back.get(1), plan.declares()));
        }
        Map<String, String> files = Map.of(ENTRY, text.toString());
        if (Reader.read(files, ENTRY) instanceof Reading.Read(Declaration read, var _)
                && Blueprint.of(read.with(held(read, plan)))
                        instanceof Blueprint.Outcome.Sound(Blueprint sound, var _)) {
            return new Declared(sound, ENTRY, files);
        }
        throw new Unusable(
                "no provider for `"
                        + place.host()
                        + "` can be made (expected: localhost, or a host name with a dot)");
    }

    private static Map<String, Client> held(Declaration read, ConformancePlan plan) {
        Map<String, Client> held = new LinkedHashMap<>(read.clients());
        held.replaceAll((_, client) -> client.with(plan.profile()));
        return held;
    }

    /// What the client proves itself with, as the suite is told it.
    private static Map<String, Object> client(
            SuiteGuests guests, ConformancePlan plan, String name) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("client_id", name);
        if (plan.signs()) {
            SuiteKey key = SuiteKey.fresh(name);
            guests.keys(name, new String(Json.write(key.published()), StandardCharsets.UTF_8));
            told.put("scope", "openid");
            told.put("jwks", key.dangerousJwks());
        } else {
            told.put("client_secret", guests.secret(name));
        }
        return told;
    }

    private static void forget(Path folder) throws IOException {
        Unlocking.forget(new StateFolder(folder.resolve("state")));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (control) {
            node.close();
        } finally {
            forget(folder);
        }
    }
}
