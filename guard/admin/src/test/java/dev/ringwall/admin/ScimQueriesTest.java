package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What SCIM clients ask: filters, pages, attributes, and what is supported.
class ScimQueriesTest {

    @TempDir Path folder;
    private Office office;
    private Administrator directory;

    @BeforeEach
    void open() {
        office = new Office(folder);
        directory = office.client("directory");
    }

    @AfterEach
    void close() {
        office.close();
    }

    private String created(String body) {
        Office.Reply made = office.ask(directory, "scim-create-user", "", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    @Test
    void filtersAreReadAsTheStandardSays() {
        created(ScimTest.OKTA_CREATES);
        created(ScimTest.ENTRA_CREATES);
        created("{\"userName\":\"o'brien\",\"active\":false,\"title\":\"a \\\"quoted\\\" word\"}");

        assertThat(found("userName sw \"test\"")).isEqualTo(2);
        assertThat(found("userName eq \"O'BRIEN\"")).isEqualTo(1);
        assertThat(found("active eq false or userName co \"okta\"")).isEqualTo(2);
        assertThat(found("active eq true and not (userName co \"okta\")")).isEqualTo(1);
        assertThat(found("emails[type eq \"work\" and value co \"okta\"]")).isEqualTo(1);
        assertThat(found("emails.value ew \"testuser.com\"")).isEqualTo(1);
        assertThat(found("externalId eq \"00ujl29u0le5T6Aj10h7\"")).isEqualTo(1);
        assertThat(found("externalId eq \"00UJL29U0LE5T6AJ10H7\"")).isZero();
        assertThat(found("title pr and (active eq \"False\")")).isEqualTo(1);
        assertThat(found("title co \"\\\"quoted\\\"\"")).isEqualTo(1);
        assertThat(found("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"o'\""))
                .isEqualTo(1);
        assertThat(found("meta.resourceType eq \"User\"")).isEqualTo(3);
    }

    private int found(String filter) {
        Office.Reply reply = office.ask(directory, "scim-list-users", "", "", "filter=" + filter);
        assertThat(reply.status()).as(filter + reply.text()).isEqualTo(200);
        return reply.json().path("totalResults").asInt();
    }

    @Test
    void whatIsNoFilterIsSaidAndNothingIsRun() {
        for (String bad :
                new String[] {
                    "",
                    "userName",
                    "userName eq",
                    "userName eq ana",
                    "userName eq \"ana",
                    "userName eq \"a\" or 1=1",
                    "userName eq \"a\"; DROP TABLE account",
                    "userName eq \"a\") or (userName pr",
                    "password eq \"x\"",
                    "password pr",
                    "hash pr",
                    "not userName pr",
                    "userName eq {\"a\":1}",
                    "(".repeat(50) + "userName pr" + ")".repeat(50),
                    "userName pr and ".repeat(40) + "userName pr",
                    "x".repeat(2_000)
                }) {
            Office.Reply reply = office.ask(directory, "scim-list-users", "", "", "filter=" + bad);
            assertThat(reply.status()).as(bad).isEqualTo(400);
            assertThat(reply.scimType()).as(bad).isEqualTo("invalidFilter");
        }
    }

    @Test
    void pagesCountFromOneAndStopAtALimit() {
        for (int i = 0; i < 5; i++) {
            created("{\"userName\":\"person-" + i + "\"}");
        }

        JsonNode page =
                office.ask(directory, "scim-list-users", "", "", "startIndex=4", "count=10").json();
        assertThat(page.path("totalResults").asInt()).isEqualTo(5);
        assertThat(page.path("startIndex").asInt()).isEqualTo(4);
        assertThat(page.path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(
                        office.ask(directory, "scim-list-users", "", "", "count=-1")
                                .json()
                                .path("Resources"))
                .isEmpty();
        assertThat(office.ask(directory, "scim-list-users", "", "", "count=99999999999").status())
                .isEqualTo(400);
    }

    @Test
    void attributesAreShownAsAsked() {
        String id = created(ScimTest.OKTA_CREATES);

        JsonNode few =
                office.ask(
                                directory,
                                "scim-read-user",
                                id,
                                "",
                                "attributes=name.givenName,PASSWORD")
                        .json();
        assertThat(few.path("id").asString()).isEqualTo(id);
        assertThat(few.path("name").path("givenName").asString()).isEqualTo("Test");
        assertThat(few.path("name").has("familyName")).isFalse();
        assertThat(few.has("userName")).isFalse();
        assertThat(few.has("password")).isFalse();
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-read-user",
                                        id,
                                        "",
                                        "excludedAttributes=emails,id")
                                .json()
                                .has("emails"))
                .isFalse();
    }

    @Test
    void itSaysWhatItSupports() {
        JsonNode config = office.ask(directory, "scim-config", "", "").json();

        assertThat(config.path("patch").path("supported").asBoolean()).isTrue();
        assertThat(config.path("bulk").path("maxOperations").asInt()).isEqualTo(100);
        assertThat(config.path("bulk").path("maxPayloadSize").asInt()).isEqualTo(256 << 10);
        assertThat(config.path("sort").path("supported").asBoolean()).isTrue();
        assertThat(config.path("filter").path("maxResults").asInt()).isEqualTo(200);
        assertThat(
                        office.ask(directory, "scim-schemas", "", "")
                                .json()
                                .path("totalResults")
                                .asInt())
                .isEqualTo(3);
        assertThat(office.ask(directory, "scim-schema", ScimAttribute.USER, "").json().toString())
                .contains("\"writeOnly\"", "\"never\"");
        assertThat(office.ask(directory, "scim-schema", "none", "").status()).isEqualTo(404);
        assertThat(
                        office.ask(directory, "scim-type", "User", "")
                                .json()
                                .path("endpoint")
                                .asString())
                .isEqualTo("/Users");
    }

    private List<String> sorted(String... query) {
        List<String> asked = new ArrayList<>(List.of(query));
        asked.add("attributes=userName");
        Office.Reply reply =
                office.ask(directory, "scim-list-users", "", "", asked.toArray(new String[0]));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        reply.json().path("Resources").forEach(user -> names.add(user.path("userName").asString()));
        return names;
    }

    @Test
    void usersComeInTheOrderThatIsAskedFor() {
        created("{\"userName\":\"ben\",\"title\":\"clerk\",\"active\":true}");
        created(
                "{\"userName\":\"Ana\",\"emails\":[{\"value\":\"z@x.example\"},{\"value\":\"b@x.example\",\"primary\":true}]}");
        created(
                "{\"userName\":\"cleo\",\"title\":\"Boss\",\"emails\":[{\"value\":\"a@x.example\"}]}");

        assertThat(sorted("sortBy=userName")).containsExactly("Ana", "ben", "cleo");
        assertThat(sorted("sortBy=userName", "sortOrder=descending"))
                .containsExactly("cleo", "ben", "Ana");
        assertThat(sorted("sortBy=title")).containsExactly("cleo", "ben", "Ana");
        assertThat(sorted("sortBy=title", "sortOrder=descending"))
                .as("without a value first")
                .containsExactly("Ana", "ben", "cleo");
        assertThat(sorted("sortBy=emails")).containsExactly("cleo", "Ana", "ben");
        assertThat(sorted("sortBy=emails.value")).containsExactly("cleo", "Ana", "ben");
        assertThat(sorted("sortBy=meta.created")).containsExactly("ben", "Ana", "cleo");
        assertThat(sorted("sortBy=userName", "startIndex=2", "count=1")).containsExactly("ben");
        assertThat(sorted("sortBy=userName", "filter=title pr")).containsExactly("ben", "cleo");
        for (String bad : List.of("password", "nothing", "name", "addresses", "userName;DROP")) {
            assertThat(office.ask(directory, "scim-list-users", "", "", "sortBy=" + bad).scimType())
                    .as(bad)
                    .isEqualTo("invalidPath");
        }
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-list-users",
                                        "",
                                        "",
                                        "sortBy=userName",
                                        "sortOrder=up")
                                .status())
                .isEqualTo(400);
    }

    @Test
    void groupsComeInTheOrderThatIsAskedFor() {
        JsonNode groups =
                office.ask(
                                directory,
                                "scim-list-groups",
                                "",
                                "",
                                "sortBy=displayName",
                                "sortOrder=descending")
                        .json()
                        .path("Resources");

        assertThat(groups)
                .extracting(group -> group.path("displayName").asString())
                .containsExactly("helpdesk", "clerk", "boss", "auditor");
    }

    @Test
    void meIsWhoeverAsksAndNobodyWhereThatIsNoPerson() {
        Administrator boss = office.person(office.account("boss", "boss"));
        Office.Reply me = office.ask(boss, "scim-me", "", "");

        assertThat(me.json().path("userName").asString()).isEqualTo("boss");
        assertThat(me.json().path("meta").path("location").asString())
                .endsWith("/Users/" + boss.actor().id());
        assertThat(office.ask(directory, "scim-me", "", "").status()).isEqualTo(404);
    }
}
