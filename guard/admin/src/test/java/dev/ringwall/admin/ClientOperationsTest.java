package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Client;
import dev.ringwall.people.Account;
import dev.ringwall.people.ClientWish;
import dev.ringwall.people.RegisteredClients;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients as administrators see and end them, whichever way they came.
class ClientOperationsTest {

    @TempDir Path folder;
    private Office office;
    private Administrator helpdesk;
    private String registered;

    @BeforeEach
    void open() {
        office = new Office(folder);
        helpdesk = office.person(office.account("helpdesk", "helpdesk"));
        RegisteredClients.Outcome made =
                office.directory
                        .registeredClients()
                        .register(
                                new ClientWish(
                                        Client.Kind.WEB,
                                        "client_secret_basic",
                                        "Price watcher",
                                        List.of("https://program.example/back"),
                                        List.of(),
                                        Set.of("desk.read"),
                                        true,
                                        Client.Subject.PUBLIC,
                                        null,
                                        null,
                                        ClientWish.Signing.USUAL),
                                null);
        assertThat(made).isInstanceOf(RegisteredClients.Outcome.Registered.class);
        registered = ((RegisteredClients.Outcome.Registered) made).client().id();
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void thoseThatRegisteredThemselvesAreListedAndShown() {
        JsonNode all = office.ask(helpdesk, "list-clients", "", "").json().path("clients");
        assertThat(all.size()).isEqualTo(1);
        assertThat(all.get(0).path("from").asString()).isEqualTo("registration");
        assertThat(all.get(0).path("name").asString()).isEqualTo("Price watcher");
        assertThat(all.get(0).has("redirects")).isFalse();

        Office.Reply one = office.ask(helpdesk, "read-client", registered, "");
        assertThat(one.json().path("kind").asString()).isEqualTo("web");
        assertThat(one.json().path("proof").asString()).isEqualTo("secret");
        assertThat(one.json().path("declared").asBoolean()).isFalse();
        assertThat(one.json().path("roles").get(0).asString()).isEqualTo("clerk");
        assertThat(one.json().path("redirects").get(0).asString())
                .isEqualTo("https://program.example/back");
        assertThat(one.json().path("scopes").get(0).asString()).isEqualTo("desk.read");
        assertThat(one.json().has("used")).as("it was never used").isFalse();
        assertThat(one.json().has("secret") || one.json().has("access")).isFalse();
        assertThat(office.ask(helpdesk, "read-client", "registered-none", "").status())
                .isEqualTo(404);
    }

    @Test
    void oneThatRegisteredItselfEndsWithAllThatItHas() {
        assertThat(office.ask(helpdesk, "revoke-client", registered, "").status()).isEqualTo(204);

        assertThat(office.ended).contains(registered, "told");
        assertThat(office.directory.registeredClients().list()).isEmpty();
        assertThat(office.directory.revocations().current())
                .anyMatch(revocation -> revocation.value().equals(registered));
        assertThat(office.ask(helpdesk, "revoke-client", registered, "").status()).isEqualTo(204);
    }

    @Test
    void nobodyEndsOneThatMayDoMoreThanTheyMay() {
        Account auditor = office.account("auditor", "auditor");

        Office.Reply refused = office.ask(office.person(auditor), "revoke-client", registered, "");

        assertThat(refused.reason()).isEqualTo("holds-more");
        assertThat(office.directory.registeredClients().list()).hasSize(1);
    }
}
