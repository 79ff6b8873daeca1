package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.Prover;
import dev.ringwall.attack.Report;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People and keys administered through the public door of a running system, by the rings, mutual TLS and the sidecar of `ringwall`.
final class AdministrationTest {

    private static final String TRIED =
            "ringwall\\..*/(as|gives|takes-over|own-account|slips-in|filter|lost-update|page|numbers|password-shown|erased|revoked|bulk|ends-client)-.*"
                    + "|ringwall\\..*/no-token|ringwall/.*-client-certificate|auth/administration-.*";

    @TempDir private static Path folder;
    private static AdministeredUnderTest office;

    @BeforeAll
    static void start() throws Exception {
        office = AdministeredUnderTest.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        office.close();
    }

    private static HttpResponse<String> ask(
            String role, String method, String path, String type, String body) throws Exception {
        return office.ask(role, method, path, type, body);
    }

    private static HttpResponse<String> json(String role, String method, String path, String body)
            throws Exception {
        return office.ask(role, method, path, "application/json", body);
    }

    private static String id(HttpResponse<String> answer) {
        return member(answer, "id");
    }

    private static String member(HttpResponse<String> answer, String name) {
        Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(value.find()).as(answer.body()).isTrue();
        return value.group(1);
    }

    private static String why(HttpResponse<String> answer) {
        return office.run("why", answer.headers().firstValue("Ringwall-Request").orElseThrow());
    }

    @Test
    void whoIsAllowedAdministersThroughAllRingsAndTheLogSaysWhoItWas() throws Exception {
        HttpResponse<String> made =
                json(
                        "helpdesk",
                        "POST",
                        "/admin/v1/users",
                        "{\"name\":\"ana\",\"roles\":[\"clerk\"]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains("\"password\":");
        HttpResponse<String> read = json("helpdesk", "GET", "/admin/v1/users/" + id(made), "");
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(read.headers().firstValue("ETag")).isPresent();
        assertThat(json("helpdesk", "GET", "/admin/v1/users?limit=1", "").body())
                .contains("\"next\":");

        assertThat(why(made)).contains("ringwall.create-user");
    }

    @Test
    void whoIsNotAllowedIsStoppedAtTheDoor() throws Exception {
        assertThat(json("clerk", "GET", "/admin/v1/users", "").body()).contains("not-allowed");
        assertThat(json("", "GET", "/admin/v1/users", "").statusCode()).isEqualTo(401);
        assertThat(json("helpdesk", "GET", "/admin/v1/keys", "").body())
                .as("what the declaration does not name is not there")
                .contains("not-declared");
        assertThat(json("boss", "GET", "/admin/v1/openapi.yaml", "").statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyGivesWhatTheyLackAlsoThroughTheDoor() throws Exception {
        HttpResponse<String> refused =
                json(
                        "helpdesk",
                        "POST",
                        "/admin/v1/users",
                        "{\"name\":\"eve\",\"roles\":[\"boss\"]}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("gives-what-it-lacks");
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void requestsHaveTheShapeThatTheServedDocumentSays() throws Exception {
        assertThat(json("helpdesk", "GET", "/admin/v1/openapi.yaml", "").body())
                .startsWith("openapi: 3.1");
        HttpResponse<String> odd =
                json(
                        "helpdesk",
                        "POST",
                        "/admin/v1/users",
                        "{\"name\":\"eve\",\"roles\":[],\"id\":\"mine\"}");
        assertThat(odd.statusCode()).as(odd.body()).isEqualTo(400);
        assertThat(odd.headers().firstValue("Ringwall-Request")).isPresent();
        assertThat(json("helpdesk", "GET", "/admin/v1/users?limit=100000", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDirectoryProvisionsByScim() throws Exception {
        String scim = "application/scim+json";
        HttpResponse<String> made =
                ask(
                        "directory",
                        "POST",
                        "/scim/v2/Users",
                        scim,
                        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"bob\",\"externalId\":\"b-1\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        HttpResponse<String> found =
                ask(
                        "directory",
                        "GET",
                        "/scim/v2/Users?filter=userName%20eq%20%22bob%22",
                        scim,
                        "");
        assertThat(found.body()).contains("\"totalResults\":1", "\"externalId\":\"b-1\"");
        assertThat(found.headers().firstValue("Content-Type")).hasValue(scim);

        HttpResponse<String> member =
                ask(
                        "directory",
                        "PATCH",
                        "/scim/v2/Groups/clerk",
                        scim,
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\""
                                + id(made)
                                + "\"}]}]}");
        assertThat(member.statusCode()).as(member.body()).isEqualTo(204);
        assertThat(ask("directory", "GET", "/scim/v2/Users/" + id(made), scim, "").body())
                .contains("\"groups\":[{\"value\":\"clerk\"");
        assertThat(ask("clerk", "GET", "/scim/v2/Users", scim, "").statusCode()).isEqualTo(403);
    }

    @Test
    void aBulkRequestIsWorthWhatItsOperationsAreAlone() throws Exception {
        String scim = "application/scim+json";
        String makes =
                "{\"Operations\":[{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"one\",\"data\":{\"userName\":\"%s\"}}]}";
        HttpResponse<String> done =
                ask("directory", "POST", "/scim/v2/Bulk", scim, makes.formatted("bea"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).contains("\"status\":\"201\"", "/scim/v2/Users/");
        assertThat(ask("mirror", "POST", "/scim/v2/Bulk", scim, makes.formatted("ben")).body())
                .contains("\"status\":\"403\"", "not-allowed");

        assertThat(why(done)).contains("ringwall.scim-bulk", "account-created");
        assertThat(ask("boss", "GET", "/scim/v2/Me", scim, "").body()).contains("dev-boss");
    }

    @Test
    void aClientThatRegisteredItselfIsSeenAndEndedByWhoHoldsAsMuch() throws Exception {
        HttpResponse<String> made =
                json(
                        "",
                        "POST",
                        "/auth/clients",
                        "{\"client_name\":\"Price watcher\",\"redirect_uris\":[\"https://program.example/back\"],\"token_endpoint_auth_method\":\"none\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = member(made, "client_id");

        assertThat(json("helpdesk", "GET", "/admin/v1/clients?limit=200", "").body()).contains(id);
        assertThat(json("helpdesk", "GET", "/admin/v1/clients/" + id, "").body())
                .contains("Price watcher", "https://program.example/back", "\"registration\"")
                .doesNotContain("secret", "access");
        assertThat(json("helpdesk", "DELETE", "/admin/v1/clients/" + id, "").body())
                .contains("holds-more");
        assertThat(office.run("client", "show", id))
                .contains("from       registration", "Price watcher", "clerk");

        HttpResponse<String> gone = json("boss", "DELETE", "/admin/v1/clients/" + id, "");
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
        assertThat(json("helpdesk", "GET", "/admin/v1/clients/" + id, "").statusCode())
                .isEqualTo(404);
        assertThat(why(gone))
                .as("the hop is recorded though it takes and gives no data")
                .contains("ringwall.revoke-client", "client-revoked");
    }

    @Test
    void anAccountThatIsShutIsOutAtOnce() throws Exception {
        HttpResponse<String> all = json("helpdesk", "GET", "/admin/v1/users?name=dev-clerk", "");
        if (!all.body().contains("dev-clerk")) {
            json("clerk", "GET", "/desk", ""); // makes it
            all = json("helpdesk", "GET", "/admin/v1/users?name=dev-clerk", "");
        }
        assertThat(json("clerk", "GET", "/desk", "").body())
                .as("let in, though nobody is at the desk")
                .doesNotContain("token-revoked");

        HttpResponse<String> shut =
                json("helpdesk", "PATCH", "/admin/v1/users/" + id(all), "{\"disabled\":true}");
        assertThat(shut.statusCode()).as(shut.body()).isEqualTo(200);

        assertThat(json("clerk", "GET", "/desk", "").body()).contains("token-revoked");
        json("helpdesk", "PATCH", "/admin/v1/users/" + id(all), "{\"disabled\":false}");
        Files.deleteIfExists(
                office.state().operator().resolve("credentials").resolve("clerk.token.json"));
    }

    @Test
    void whatIsTriedByThoseWhoAdministerHolds() throws Exception {
        Report report =
                new Prover(InstantSource.system())
                        .run(office.target(), name -> name.matches(TRIED), (_, _, _) -> {});

        assertThat(report.open()).as(report.table()).isEmpty();
        assertThat(report.results()).hasSizeGreaterThan(60);
    }

    @Test
    void nobodyReachesTheControlPlaneAroundTheGateway() throws Exception {
        ShopUnderTest.Ended token =
                ShopUnderTest.run(
                        "join-token", "ringwall", "--state", office.state().path().toString());

        assertThat(token.exitCode()).as("nobody may become `ringwall`").isNotZero();
    }
}
