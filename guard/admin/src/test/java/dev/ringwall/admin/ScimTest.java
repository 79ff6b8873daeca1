package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Account;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// SCIM 2.0 as RFC 7643 and RFC 7644 say it, and as Microsoft Entra ID and Okta send it.
class ScimTest {

    /// As Microsoft's "Develop and plan provisioning for a SCIM endpoint" shows it.
    static final String ENTRA_CREATES =
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
              "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
             "externalId":"0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
             "userName":"Test_User_ab6490ee-1e48-479e-a20b-2d77186b5dd1","active":true,
             "emails":[{"primary":true,"type":"work","value":"Test_User_fd0ea19b@testuser.com"}],
             "meta":{"resourceType":"User"},
             "name":{"formatted":"givenName familyName","familyName":"familyName","givenName":"givenName"},
             "roles":[]}
            """;

    /// As Okta's "Understanding SCIM" shows it.
    static final String OKTA_CREATES =
            """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"test.user@okta.local",
             "name":{"givenName":"Test","familyName":"User"},
             "emails":[{"primary":true,"value":"test.user@okta.local","type":"work"}],
             "displayName":"Test User","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7","groups":[],
             "password":"1mz050nq 8 other words","active":true}
            """;

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

    private static String patch(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                + operations
                + "]}";
    }

    private String created(String body) {
        Office.Reply made = office.ask(directory, "scim-create-user", "", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private JsonNode user(String id) {
        return office.ask(directory, "scim-read-user", id, "").json();
    }

    @Test
    void entraMakesFindsChangesAndRemovesAUser() {
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-list-users",
                                        "",
                                        "",
                                        "filter=userName eq \"Test_User_ab6490ee-1e48-479e-a20b-2d77186b5dd1\"")
                                .json()
                                .path("totalResults")
                                .asInt())
                .isZero();
        String id = created(ENTRA_CREATES);
        assertThat(user(id).path("name").path("familyName").asString()).isEqualTo("familyName");
        assertThat(user(id).path("externalId").asString())
                .isEqualTo("0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef");

        Office.Reply changed =
                office.ask(
                        directory,
                        "scim-change-user",
                        id,
                        patch(
                                """
                                {"op":"Replace","path":"emails[type eq \\"work\\"].value","value":"updated@microsoft.com"},
                                {"op":"Replace","path":"name.familyName","value":"updatedFamilyName"},
                                {"op":"Add","path":"phoneNumbers[type eq \\"mobile\\"].value","value":"+1 555"},
                                {"op":"Add","value":{"displayName":"Shown","name.givenName":"Given",
                                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Sales"}},
                                {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"42"}\
                                """));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        JsonNode user = user(id);
        assertThat(user.path("emails").get(0).path("value").asString())
                .isEqualTo("updated@microsoft.com");
        assertThat(user.path("name").path("familyName").asString()).isEqualTo("updatedFamilyName");
        assertThat(user.path("name").path("givenName").asString()).isEqualTo("Given");
        assertThat(user.path("phoneNumbers").get(0).path("type").asString()).isEqualTo("mobile");
        assertThat(user.path(ScimAttribute.ENTERPRISE).path("department").asString())
                .isEqualTo("Sales");
        assertThat(user.path("displayName").asString()).isEqualTo("Shown");

        office.ask(
                directory,
                "scim-change-user",
                id,
                patch("{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}"));
        assertThat(user(id).path("active").asBoolean(true)).isFalse();
        assertThat(office.directory.register().byId(id).orElseThrow().account().disabled())
                .isTrue();

        assertThat(office.ask(directory, "scim-delete-user", id, "").status()).isEqualTo(204);
        assertThat(office.ask(directory, "scim-read-user", id, "").status()).isEqualTo(404);
    }

    @Test
    void oktaMakesReplacesAndDeactivatesAUser() {
        String id = created(OKTA_CREATES);
        assertThat(user(id).toString()).doesNotContain("1mz050nq").doesNotContain("password");
        assertThat(office.ask(directory, "scim-create-user", "", OKTA_CREATES).scimType())
                .isEqualTo("uniqueness");

        Office.Reply replaced =
                office.ask(
                        directory,
                        "scim-replace-user",
                        id,
                        OKTA_CREATES
                                .replace("\"Test User\"", "\"Other\"")
                                .replace(
                                        "\"1mz050nq 8 other words\"",
                                        "\"2 quite other words 77\""));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(replaced.json().path("displayName").asString()).isEqualTo("Other");

        office.ask(
                directory,
                "scim-change-user",
                id,
                patch("{\"op\":\"replace\",\"value\":{\"active\":false}}"));
        assertThat(user(id).path("active").asBoolean(true)).isFalse();
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-replace-user",
                                        id,
                                        "{\"userName\":\"test.user@okta.local\"}")
                                .json()
                                .path("active")
                                .asBoolean(true))
                .as("nobody comes back by being left out")
                .isFalse();
    }

    @Test
    void groupsAreRolesAndNobodyIsGivenWhatTheDirectoryLacks() {
        String id = created(OKTA_CREATES);

        Office.Reply added =
                office.ask(
                        directory,
                        "scim-change-group",
                        "clerk",
                        patch(
                                "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\""
                                        + id
                                        + "\"}]}"));
        assertThat(added.status()).as(added.text()).isEqualTo(204);
        assertThat(office.rolesOf(id)).containsExactly("clerk");
        assertThat(user(id).path("groups").get(0).path("value").asString()).isEqualTo("clerk");

        Office.Reply refused =
                office.ask(
                        directory,
                        "scim-change-group",
                        "boss",
                        patch(
                                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
                                        + id
                                        + "\"}]}"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(office.rolesOf(id)).containsExactly("clerk");

        Account boss = office.account("boss", "boss");
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-change-user",
                                        boss.id(),
                                        patch(
                                                "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"mine now, all of it\"}"))
                                .status())
                .isEqualTo(403);

        office.ask(
                directory,
                "scim-change-group",
                "clerk",
                patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}"));
        assertThat(office.rolesOf(id)).isEmpty();
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-change-group",
                                        "clerk",
                                        patch(
                                                "{\"op\":\"replace\",\"value\":{\"displayName\":\"boss\"}}"))
                                .scimType())
                .isEqualTo("mutability");
    }

    @Test
    void rolesAndWhatIsReadOnlyCannotBeSlippedIn() {
        String id =
                created(
                        "{\"userName\":\"eve\",\"id\":\"mine\",\"roles\":[{\"value\":\"boss\"}],\"groups\":[{\"value\":\"boss\"}]}");

        assertThat(id).isNotEqualTo("mine");
        assertThat(office.rolesOf(id)).isEmpty();
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-change-user",
                                        id,
                                        patch(
                                                "{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"boss\"}]}"))
                                .scimType())
                .isEqualTo("mutability");
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-change-user",
                                        id,
                                        patch(
                                                "{\"op\":\"add\",\"value\":{\"roles\":[{\"value\":\"boss\"}]}}"))
                                .scimType())
                .isEqualTo("invalidPath");
        assertThat(office.rolesOf(id)).isEmpty();
    }

    @Test
    void ofTwoWhoSawTheSameOneIsTold() {
        String id = created(OKTA_CREATES);
        Optional<String> seen = Optional.of(office.ask(directory, "scim-read-user", id, "").etag());
        String body = patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"first\"}");

        assertThat(office.ask(directory, "scim-change-user", id, body, seen).status())
                .isEqualTo(200);
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-change-user",
                                        id,
                                        body.replace("first", "second"),
                                        seen)
                                .status())
                .isEqualTo(412);
        assertThat(user(id).path("title").asString()).isEqualTo("first");
    }

    @Test
    void aPatchIsDoneWholeOrNotAtAll() {
        String id = created(OKTA_CREATES);

        Office.Reply refused =
                office.ask(
                        directory,
                        "scim-change-user",
                        id,
                        patch(
                                "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"new\"},"
                                        + "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"home\\\"].value\",\"value\":\"x\"}"));

        assertThat(refused.scimType()).isEqualTo("noTarget");
        assertThat(user(id).has("title")).isFalse();
    }
}
