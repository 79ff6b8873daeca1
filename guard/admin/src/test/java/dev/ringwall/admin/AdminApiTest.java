package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.people.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What administrators can do by the admin API, and what they cannot give.
class AdminApiTest {

    @TempDir Path folder;
    private Office office;
    private Account boss;
    private Account helpdesk;
    private Account clerk;

    @BeforeEach
    void open() {
        office = new Office(folder);
        boss = office.account("boss", "boss");
        helpdesk = office.account("helpdesk", "helpdesk");
        clerk = office.account("clerk", "clerk");
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void anAccountIsMadeReadChangedAndErased() {
        Administrator by = office.person(boss);

        Office.Reply made =
                office.ask(by, "create-user", "", "{\"name\":\"ana\",\"roles\":[\"clerk\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("password").asString("")).hasSizeGreaterThan(15);
        String id = made.json().path("id").asString();
        assertThat(made.answer().headers())
                .containsEntry("Location", "https://office.example.com/admin/v1/users/" + id);

        Office.Reply read = office.ask(by, "read-user", id, "");
        assertThat(read.json().path("roles").get(0).asString()).isEqualTo("clerk");
        assertThat(read.text()).doesNotContain("password");

        Office.Reply changed = office.ask(by, "change-user", id, "{\"disabled\":true}");
        assertThat(changed.json().path("disabled").asBoolean()).isTrue();
        assertThat(changed.etag()).isNotEqualTo(read.etag());

        assertThat(office.ask(by, "delete-user", id, "").status()).isEqualTo(204);
        assertThat(office.ask(by, "delete-user", id, "").status()).isEqualTo(204);
        assertThat(office.ask(by, "read-user", id, "").status()).isEqualTo(404);
    }

    @Test
    void nobodyGivesARoleThatIsWorthMoreThanTheirOwn() {
        Administrator by = office.person(helpdesk);

        Office.Reply refused =
                office.ask(by, "create-user", "", "{\"name\":\"eve\",\"roles\":[\"boss\"]}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.reason()).isEqualTo("gives-what-it-lacks");
        assertThat(office.directory.register().byName("eve")).isEmpty();
        assertThat(
                        office.ask(
                                        by,
                                        "change-user",
                                        clerk.id(),
                                        "{\"roles\":[\"clerk\",\"boss\"]}")
                                .reason())
                .isEqualTo("gives-what-it-lacks");
        assertThat(office.rolesOf(clerk.id())).containsExactly("clerk");
        assertThat(office.ask(by, "create-key", "", "{\"role\":\"nightly\"}").reason())
                .isEqualTo("gives-what-it-lacks");
        assertThat(office.directory.keys().list()).isEmpty();
        assertThat(office.events)
                .anyMatch(event ->
                        event instanceof SecurityEvent.Administered acted
                                && acted.act() == AdminAct.ADMINISTRATION_REFUSED);

        assertThat(
                        office.ask(
                                        by,
                                        "create-user",
                                        "",
                                        "{\"name\":\"cleo\",\"roles\":[\"clerk\"]}")
                                .status())
                .isEqualTo(201);
        assertThat(office.ask(by, "create-key", "", "{\"role\":\"batch\"}").status())
                .isEqualTo(201);
    }

    @Test
    void aRoleThatAConditionNamesIsGivenOnlyByWhoHasIt() {
        Office.Reply refused =
                office.ask(
                        office.person(boss),
                        "create-user",
                        "",
                        "{\"name\":\"eve\",\"roles\":[\"auditor\"]}");

        assertThat(refused.reason()).isEqualTo("gives-what-it-lacks");
        Account both = office.account("both", "boss", "auditor");
        assertThat(
                        office.ask(
                                        office.person(both),
                                        "create-user",
                                        "",
                                        "{\"name\":\"eve\",\"roles\":[\"auditor\"]}")
                                .status())
                .isEqualTo(201);
    }

    @Test
    void aTokenThatIsWorthLessGivesLessThanItsHolderCould() {
        Administrator narrowed = office.person(boss, Set.of("ringwall.create-user"));

        assertThat(
                        office.ask(
                                        narrowed,
                                        "create-user",
                                        "",
                                        "{\"name\":\"eve\",\"roles\":[\"boss\"]}")
                                .reason())
                .isEqualTo("gives-what-it-lacks");
    }

    @Test
    void aTokenFromBeforeADemotionGivesNothingMore() {
        Administrator old = office.person(boss);
        office.directory.accounts().setRoles("boss", List.of("clerk"), Office.OPERATOR);

        assertThat(
                        office.ask(
                                        old,
                                        "create-user",
                                        "",
                                        "{\"name\":\"eve\",\"roles\":[\"boss\"]}")
                                .reason())
                .isEqualTo("gives-what-it-lacks");
    }

    @Test
    void nobodyTakesOverAnAccountThatHoldsMoreThanTheirOwn() {
        Administrator by = office.person(helpdesk);

        for (String verb :
                List.of("set-password", "end-sessions", "remove-factors", "delete-user")) {
            assertThat(office.ask(by, verb, boss.id(), "").reason())
                    .as(verb)
                    .isEqualTo("holds-more");
        }
        assertThat(office.ask(by, "change-user", boss.id(), "{\"disabled\":true}").reason())
                .isEqualTo("holds-more");
        assertThat(office.ask(by, "change-user", boss.id(), "{\"roles\":[]}").reason())
                .isEqualTo("holds-more");
        assertThat(office.rolesOf(boss.id())).containsExactly("boss");

        assertThat(
                        office.ask(by, "set-password", clerk.id(), "")
                                .json()
                                .path("password")
                                .asString(""))
                .isNotEmpty();
        assertThat(office.ask(by, "end-sessions", clerk.id(), "").status()).isEqualTo(204);
    }

    @Test
    void nobodyAdministersTheirOwnAccount() {
        Administrator by = office.person(boss);

        assertThat(office.ask(by, "set-password", boss.id(), "").reason()).isEqualTo("own-account");
        assertThat(office.ask(by, "change-user", boss.id(), "{\"roles\":[]}").reason())
                .isEqualTo("own-account");
        assertThat(office.ask(by, "delete-user", boss.id(), "").reason()).isEqualTo("own-account");
    }

    @Test
    void ofTwoWhoSawTheSameOneIsTold() {
        Administrator by = office.person(boss);
        Optional<String> seen = Optional.of(office.ask(by, "read-user", clerk.id(), "").etag());

        assertThat(office.ask(by, "change-user", clerk.id(), "{\"name\":\"one\"}", seen).status())
                .isEqualTo(200);
        Office.Reply late = office.ask(by, "change-user", clerk.id(), "{\"name\":\"two\"}", seen);

        assertThat(late.status()).isEqualTo(412);
        assertThat(late.reason()).isEqualTo("changed-meanwhile");
        assertThat(office.directory.register().byId(clerk.id()).orElseThrow().account().name())
                .isEqualTo("one");
    }

    @Test
    void membersThatAreNotKnownAreRefusedRatherThanPassedOver() {
        Administrator by = office.person(boss);

        assertThat(office.ask(by, "change-user", clerk.id(), "{\"id\":\"x\"}").status())
                .isEqualTo(400);
        assertThat(
                        office.ask(
                                        by,
                                        "create-user",
                                        "",
                                        "{\"name\":\"a\",\"roles\":[],\"created\":\"x\"}")
                                .status())
                .isEqualTo(400);
        assertThat(
                        office.ask(
                                        by,
                                        "create-user",
                                        "",
                                        "{\"name\":\"a\",\"name\":\"b\",\"roles\":[]}")
                                .status())
                .isEqualTo(400);
        assertThat(office.ask(by, "create-user", "", "[]").status()).isEqualTo(400);
    }

    @Test
    void aListGoesPageByPageAndEveryAccountIsInItOnce() {
        for (int i = 0; i < 7; i++) {
            office.account("person-" + i, "clerk");
        }
        List<String> names = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page =
                    office.ask(
                                    office.person(boss),
                                    "list-users",
                                    "",
                                    "",
                                    "limit=3",
                                    "cursor=" + cursor)
                            .json();
            page.path("users").forEach(user -> names.add(user.path("name").asString()));
            cursor = page.path("next").asString("");
            pages++;
        } while (!cursor.isEmpty());

        assertThat(names).hasSize(10).doesNotHaveDuplicates().isSorted();
        assertThat(pages).isEqualTo(4);
        assertThat(
                        office.ask(office.person(boss), "list-users", "", "", "role=boss")
                                .json()
                                .path("users"))
                .hasSize(1);
        assertThat(office.ask(office.person(boss), "list-users", "", "", "limit=201").status())
                .isEqualTo(400);
        assertThat(office.ask(office.person(boss), "list-users", "", "", "limit=0").status())
                .isEqualTo(400);
        assertThat(office.ask(office.person(boss), "list-users", "", "", "cursor=*").status())
                .isEqualTo(400);
    }

    @Test
    void rolesSayWhetherTheCallerMayGiveThem() {
        JsonNode roles = office.ask(office.person(helpdesk), "list-roles", "", "").json();

        roles.path("roles")
                .forEach(role ->
                        assertThat(role.path("givable").asBoolean())
                                .as(role.path("name").asString())
                                .isEqualTo(
                                        Set.of("helpdesk", "clerk", "batch")
                                                .contains(role.path("name").asString())));
    }
}
