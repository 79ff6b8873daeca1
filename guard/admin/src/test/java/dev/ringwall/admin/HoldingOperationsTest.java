package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Account;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What administrators see and end of what accounts have besides their passwords.
class HoldingOperationsTest {

    @TempDir Path folder;
    private Office office;
    private Administrator boss;
    private Account clerk;

    @BeforeEach
    void open() {
        office = new Office(folder);
        boss = office.person(office.account("boss", "boss"));
        clerk = office.account("clerk", "clerk");
        has("INSERT INTO totp (account, sealed, confirmed, last_step) VALUES (?, '00', 1000, 0)");
        has("INSERT INTO recovery_code (hash, account) VALUES ('left', ?)");
        has(
                "INSERT INTO passkey (credential, id, account, name, data, counter, eligible, backed_up, made, used)"
                        + " VALUES ('c', 'key1', ?, 'Blue key', 'public', 0, 0, 0, 2000, 3000)");
        has(
                "INSERT INTO remembered_browser (hash, id, account, address, agent, made, used, expires)"
                        + " VALUES ('secret', 'browser1', ?, '203.0.113.9', 'Firefox/1', 1000, 2000, 9000000000000)");
        login("sid1");
        login("sid2");
    }

    private void login(String sid) {
        has(
                "INSERT INTO login_session (hash, sid, account, created, expires) VALUES ('"
                        + sid
                        + "', '"
                        + sid
                        + "', ?, 1000, 9000000000000)");
    }

    private void has(String sql) {
        office.store.write(tx -> tx.change(sql, clerk.id()));
    }

    @AfterEach
    void close() {
        office.close();
    }

    private JsonNode list(String verb, String name) {
        return office.ask(boss, verb, clerk.id(), "").json().path(name);
    }

    @Test
    void secondFactorsAreShownWithoutAnythingThatLetsIn() {
        Office.Reply shown = office.ask(boss, "list-factors", clerk.id(), "");

        assertThat(shown.json().path("factors"))
                .extracting(one -> one.path("id").asString())
                .containsExactly("app", "key1", "recovery-codes");
        JsonNode passkey = shown.json().path("factors").get(1);
        assertThat(passkey.path("kind").asString()).isEqualTo("passkey");
        assertThat(passkey.path("name").asString()).isEqualTo("Blue key");
        assertThat(passkey.path("used").asString()).isEqualTo("1970-01-01T00:00:03Z");
        assertThat(shown.json().path("factors").get(2).path("left").asInt()).isEqualTo(1);
        assertThat(shown.text()).doesNotContain("public", "\"00\"", "\"c\"");
    }

    @Test
    void oneOfThemIsTakenAwayAndTheOthersStay() {
        assertThat(office.ask(boss, "remove-factor", clerk.id() + "/app", "").status())
                .isEqualTo(204);

        assertThat(list("list-factors", "factors"))
                .extracting(one -> one.path("id").asString())
                .containsExactly("key1", "recovery-codes");
        assertThat(list("list-sessions", "sessions")).isEmpty();
        assertThat(office.ask(boss, "remove-factor", clerk.id() + "/key1", "").status())
                .isEqualTo(204);
        assertThat(list("list-factors", "factors"))
                .as("codes stand for something that was lost")
                .isEmpty();
        assertThat(office.ask(boss, "remove-factor", clerk.id() + "/key1", "").status())
                .isEqualTo(204);
    }

    @Test
    void oneBrowserIsForgotten() {
        JsonNode browsers = list("list-browsers", "browsers");
        assertThat(browsers.get(0).path("agent").asString()).isEqualTo("Firefox/1");
        assertThat(browsers.toString()).doesNotContain("secret");

        assertThat(office.ask(boss, "forget-browser", clerk.id() + "/browser1", "").status())
                .isEqualTo(204);
        assertThat(list("list-browsers", "browsers")).isEmpty();
        assertThat(list("list-sessions", "sessions").size()).as("it is signed in").isEqualTo(2);
    }

    @Test
    void oneLoginEndsAndTheOthersGoOn() {
        assertThat(office.ask(boss, "end-session", clerk.id() + "/sid1", "").status())
                .isEqualTo(204);

        assertThat(list("list-sessions", "sessions"))
                .extracting(one -> one.path("id").asString())
                .containsExactly("sid2");
        assertThat(office.ended).contains("sid1").doesNotContain("sid2");
    }

    @Test
    void nobodyEndsAnythingOfWhoeverHoldsMoreOrOfTheirOwn() {
        Administrator helpdesk = office.person(office.account("helpdesk", "helpdesk"));
        String bossId = boss.actor().id();
        for (String verb : new String[] {"remove-factor", "forget-browser", "end-session"}) {
            assertThat(office.ask(helpdesk, verb, bossId + "/app", "").reason())
                    .isEqualTo("holds-more");
            assertThat(office.ask(boss, verb, bossId + "/app", "").reason())
                    .isEqualTo("own-account");
        }
    }
}
