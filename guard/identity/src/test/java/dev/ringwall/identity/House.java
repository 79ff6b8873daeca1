package dev.ringwall.identity;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.events.Actor;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.Blueprint;
import dev.ringwall.people.Account;
import dev.ringwall.people.Accounts;
import dev.ringwall.people.KeyMint;
import dev.ringwall.people.Secrets;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.store.Database;
import dev.ringwall.testkit.Postgres;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A running provider with real TLS, a real database and a declared shop.
final class House implements AutoCloseable {

    static final URI DOOR = URI.create("https://localhost:8443");
    static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", List.of(), "-");
    static final String PASSWORD = "blue kettle on a warm shelf";

    static final String SHOP =
            """
            ringwall: 1
            system: shop
            data:
              order: { class: internal, keep: 7y }
            roles:
              shopper:   { login: password, session: 8h }
              clerk:     { login: password, session: 30m }
              warehouse: { login: api-key, rotate: 90d, from: [203.0.113.0/24] }
              courier:   { login: client }
            services:
              orders:
                run: java -jar orders.jar
                stores: { sqlite: [order] }
                operations:
                  list:  { http: GET /orders, allow: anyone }
                  place: { http: POST /orders, allow: shopper, accepts: [order] }
                  read:  { http: "GET /orders/{id}", allow: [shopper, clerk], returns: [order] }
                  ship:  { http: "POST /orders/{id}/ship", allow: [warehouse, courier], accepts: [order] }
            """;

    final TestAuthority authority = new TestAuthority();
    final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    final AtomicBoolean losing = new AtomicBoolean();
    final Map<String, String> secrets = new ConcurrentHashMap<>();
    final Letters letters = new Letters();
    final AtomicInteger changes = new AtomicInteger();
    final AtomicReference<Blueprint> blueprint = new AtomicReference<>(declared(SHOP));
    final HouseKeys keys = new HouseKeys(blueprint::get);
    final ECKey key = keys.signing();
    final Database database;
    final InstantSource clock;
    IdentityProvider provider;

    private House(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.provider = IdentityProvider.start(settings());
    }

    static House in(Path folder) {
        return in(folder, InstantSource.system());
    }

    static House in(Path folder, InstantSource clock) {
        return new House(database(folder), clock);
    }

    /// A file, or in the run on PostgreSQL an empty database there.
    private static Database database(Path folder) {
        return Postgres.freshIfWanted()
                .<Database>map(address ->
                        Database.Server.at(address, Database.Password.of(Postgres.PASSWORD)))
                .orElseGet(() -> new Database.Embedded(folder.resolve("identity.db")));
    }

    /// What lies in the database, and in the files of it in that folder, byte for byte.
    String everythingKept(Path folder) throws IOException {
        if (database instanceof Database.Server server) {
            return Postgres.server().dump(server.name());
        }
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private IdentitySettings settings() {
        AtomicInteger minted = new AtomicInteger();
        return new IdentitySettings(
                DOOR,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                database,
                new MutualTls(
                        authority.keys("control"), authority.trust(), TestAuthority::isGateway),
                blueprint::get,
                keys,
                new HousePairwise(),
                () -> {
                    String id = "key" + minted.incrementAndGet();
                    return new KeyMint.Minted(id, "rw_" + id, Secrets.sha256("rw_" + id));
                },
                new TestSealing(),
                letters,
                name -> Optional.ofNullable(secrets.get(name)),
                this::record,
                clock,
                changes::incrementAndGet,
                Map.of("/v1/*", new Other()));
    }

    /// Something else that is served at the same address.
    static final class Other extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean shown = request.getAttribute("jakarta.servlet.request.X509Certificate") != null;
            response.getWriter().write("certificate " + (shown ? "shown" : "not shown"));
        }
    }

    private CompletableFuture<Recorder.Outcome> record(SecurityEvent event) {
        if (losing.get()) {
            return CompletableFuture.completedFuture(new Recorder.Outcome.Lost("disk full"));
        }
        events.add(event);
        return CompletableFuture.completedFuture(new Recorder.Outcome.Kept());
    }

    static Blueprint declared(String yaml) {
        if (Reader.read(Map.of("ringwall.yaml", yaml), "ringwall.yaml")
                        instanceof Reading.Read(var declaration, var _)
                && Blueprint.of(declaration) instanceof Blueprint.Outcome.Sound(var sound, var _)) {
            return sound;
        }
        throw new IllegalStateException(
                "does not load: " + Reader.read(Map.of("ringwall.yaml", yaml), "ringwall.yaml"));
    }

    /// The account, made when it is not there.
    Account account(String name, String... roles) {
        return switch (provider.accounts().create(name, List.of(roles), PASSWORD, OPERATOR)) {
            case Accounts.Outcome.Done(Account account) -> account;
            case Accounts.Outcome other -> throw new IllegalStateException(other.toString());
        };
    }

    /// What happened, as words: `signed-in`.
    List<String> acts() {
        return events.stream()
                .map(event ->
                        switch (event) {
                            case SecurityEvent.IdentityActed acted -> acted.act().name();
                            case SecurityEvent.Administered done -> done.act().name();
                            case SecurityEvent other -> other.toString();
                        })
                .toList();
    }

    Browser browser() {
        return new Browser(this, "gateway");
    }

    /// Closes it and starts it again on the same file.
    void restart() {
        provider.close();
        provider = IdentityProvider.start(settings());
    }

    /// Whatever a test had the database do, it found the rows by an index.
    @Override
    public void close() {
        List<String> unindexed = provider.unindexed();
        provider.close();
        if (!unindexed.isEmpty()) {
            throw new AssertionError("no index for " + unindexed);
        }
    }
}
