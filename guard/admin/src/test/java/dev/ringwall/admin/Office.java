package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.Blueprint;
import dev.ringwall.people.Account;
import dev.ringwall.people.Accounts;
import dev.ringwall.people.Bought;
import dev.ringwall.people.Directory;
import dev.ringwall.people.KeyMint;
import dev.ringwall.people.Letter;
import dev.ringwall.people.Post;
import dev.ringwall.people.RelyingParty;
import dev.ringwall.people.Sealing;
import dev.ringwall.reading.Administration;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.store.Database;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import dev.ringwall.testkit.Postgres;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/// A system with people who administer it, on a real database.
final class Office implements AutoCloseable {

    static final String PASSWORD = "blue kettle on a warm shelf";
    static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", List.of(), "-");

    static final String DECLARATION =
            """
            ringwall: 1
            system: office
            roles:
              boss:      { login: password }
              helpdesk:  { login: password }
              clerk:     { login: password }
              auditor:   { login: password }
              directory: { login: client }
              batch:     { login: api-key }
              nightly:   { login: api-key }
            services:
              desk:
                run: desk
                operations:
                  read:  { http: GET /desk, allow: [clerk, helpdesk, directory, boss, batch] }
                  close: { http: POST /desk/close, allow: [boss, nightly] }
                  check: { http: GET /desk/check, allow: [auditor, helpdesk, boss], when: "caller.has('auditor')" }
            administration:
              list-users: { allow: [helpdesk, boss] }
              create-user: { allow: [helpdesk, boss] }
              change-user: { allow: [helpdesk, boss] }
              delete-user: { allow: [boss] }
              create-key: { allow: [helpdesk, boss] }
              scim: { allow: [directory, boss] }
            client-registration: { who: open, kinds: [web], roles: [clerk] }
            """;

    private final AtomicReference<Blueprint> blueprint = new AtomicReference<>();

    /// Events that say this are lost.
    volatile String unrecordable = "no event says this";

    final Store store;
    final Directory directory;
    final AdminApi api;
    final List<SecurityEvent> events = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();

    Office(Path folder) {
        Database database =
                Postgres.freshIfWanted()
                        .<Database>map(address ->
                                Database.Server.at(
                                        address, Database.Password.of(Postgres.PASSWORD)))
                        .orElseGet(() -> new Database.Embedded(folder.resolve("people.db")));
        declare(DECLARATION);
        AtomicInteger minted = new AtomicInteger();
        this.store = Store.open(database, Directory.tables());
        this.directory =
                new Directory(
                        store,
                        event -> {
                            if (event.toString().contains(unrecordable)) {
                                return CompletableFuture.completedFuture(
                                        new Recorder.Outcome.Lost("as the test wants it"));
                            }
                            events.add(event);
                            return CompletableFuture.completedFuture(new Recorder.Outcome.Kept());
                        },
                        InstantSource.system(),
                        blueprint::get,
                        RelyingParty.at(URI.create("https://localhost:8443")),
                        () ->
                                new KeyMint.Minted(
                                        "key" + minted.incrementAndGet(),
                                        "shown once",
                                        "0".repeat(64)),
                        new Plain(),
                        new NoPost(),
                        new Ending(),
                        () -> ended.add("told"));
        this.api =
                new AdminApi(
                        blueprint::get,
                        directory,
                        Administration.document(),
                        InstantSource.system());
    }

    /// Takes that as what is declared from now on.
    void declare(String declaration) {
        Reading reading = Reader.read(Map.of("ringwall.yaml", declaration), "ringwall.yaml");
        assertThat(reading).isInstanceOf(Reading.Read.class);
        Blueprint.Outcome outcome = Blueprint.of(((Reading.Read) reading).declaration());
        assertThat(outcome).isInstanceOf(Blueprint.Outcome.Sound.class);
        blueprint.set(((Blueprint.Outcome.Sound) outcome).blueprint());
    }

    Account account(String name, String... roles) {
        Accounts.Outcome made =
                directory.accounts().create(name, List.of(roles), PASSWORD, OPERATOR);
        assertThat(made).isInstanceOf(Accounts.Outcome.Done.class);
        return ((Accounts.Outcome.Done) made).account();
    }

    /// A person with a token that is worth all that the roles are.
    Administrator person(Account account) {
        return person(account, directory.rights().scopes(account.roles()));
    }

    Administrator person(Account account, Set<String> scopes) {
        return new Administrator(
                new Actor(
                        Actor.Kind.PERSON,
                        account.id(),
                        List.copyOf(account.roles()),
                        "203.0.113.9"),
                Optional.of(scopes));
    }

    Administrator client(String role) {
        return new Administrator(
                new Actor(Actor.Kind.CLIENT, "idp", List.of(role), "203.0.113.9"),
                Optional.of(directory.rights().scopes(List.of(role))));
    }

    /// One request; parameters of the query as `name=value`.
    Reply ask(Administrator by, String verb, String id, String body, String... query) {
        return ask(by, verb, id, body, Optional.empty(), query);
    }

    /// One request about a part of something: `17/app`.
    Reply ask(
            Administrator by,
            String verb,
            String id,
            String body,
            Optional<String> ifMatch,
            String... query) {
        Map<String, String> parameters = new java.util.HashMap<>();
        Arrays.stream(query)
                .forEach(each -> {
                    int equals = each.indexOf('=');
                    parameters.put(each.substring(0, equals), each.substring(equals + 1));
                });
        AdminAnswer answer =
                api.answer(
                        new AdminRequest(
                                verb,
                                id.contains("/") ? id.substring(0, id.indexOf('/')) : id,
                                id.contains("/") ? id.substring(id.indexOf('/') + 1) : "",
                                parameters,
                                ifMatch,
                                body.getBytes(StandardCharsets.UTF_8),
                                "https://office.example.com",
                                by));
        return new Reply(answer);
    }

    /// An answer, read.
    record Reply(AdminAnswer answer) {
        int status() {
            return answer.status();
        }

        JsonNode json() {
            return StrictJson.read(answer.body()).orElseThrow();
        }

        String text() {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }

        String etag() {
            return String.valueOf(answer.headers().get("ETag"));
        }

        String reason() {
            return json().path("reason").asString("");
        }

        String scimType() {
            return json().path("scimType").asString("");
        }
    }

    Set<String> rolesOf(String id) {
        return new HashSet<>(directory.register().byId(id).orElseThrow().account().roles());
    }

    private record Plain() implements Sealing {
        @Override
        public String seal(byte[] secret) {
            return java.util.HexFormat.of().formatHex(secret);
        }

        @Override
        public Optional<byte[]> open(String sealed) {
            return Optional.of(java.util.HexFormat.of().parseHex(sealed));
        }
    }

    private record NoPost() implements Post {
        @Override
        public boolean there() {
            return false;
        }

        @Override
        public void carry(Letter letter) {
            throw new IllegalStateException("there is no post");
        }
    }

    private final class Ending implements Bought {
        @Override
        public void endLogin(Transaction tx, String sid) {
            ended.add(sid);
        }

        @Override
        public void endClient(Transaction tx, String client) {
            ended.add(client);
        }

        @Override
        public void endRegistered(Transaction tx, String client) {
            ended.add(client);
        }

        @Override
        public void askAgain(Transaction tx, String client) {
            ended.add(client);
        }

        @Override
        public Duration accessLife() {
            return Duration.ofMinutes(5);
        }
    }

    @Override
    public void close() {
        assertThat(store.unindexed()).isEmpty();
        store.close();
    }
}
