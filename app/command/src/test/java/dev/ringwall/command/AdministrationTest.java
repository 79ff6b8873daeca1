package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.Prover;
import dev.ringwall.attack.Report;
import dev.ringwall.link.OperatorFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People and keys administered through the public door of a running system, by the rings, mutual TLS and the sidecar of `ringwall`.
final class AdministrationTest {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: office
            roles:
              boss:      { login: password }
              helpdesk:  { login: password }
              clerk:     { login: password }
              reports:   { login: api-key }
              directory: { login: client }
            services:
              desk:
                url: http://127.0.0.1:9
                operations:
                  read:  { http: GET /desk, allow: [clerk, reports, helpdesk, directory, boss] }
                  close: { http: POST /desk/close, allow: boss }
            administration:
              list-users: { allow: [helpdesk, boss] }
              read-user: { allow: [helpdesk, boss] }
              create-user: { allow: [helpdesk, boss] }
              change-user: { allow: [helpdesk, boss] }
              delete-user: { allow: boss }
              create-key: { allow: boss }
              revoke-key: { allow: boss }
              describe: { allow: [helpdesk] }
              scim: { allow: directory }
            """;

    private static final String TRIED =
            "ringwall\\..*/(as|gives|takes-over|own-account|slips-in|filter|lost-update|page|numbers|password-shown|erased|revoked)-.*"
                    + "|ringwall\\..*/no-token|ringwall/.*-client-certificate|auth/administration-.*";

    @TempDir private static Path folder;
    private static RunningSystem system;
    private static StateFolder state;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        state = new StateFolder(folder.resolve(".ringwall"));
        system =
                RunningSystem.start(
                        new RunningSystem.Plan(
                                Files.writeString(folder.resolve("ringwall.yaml"), DECLARATION),
                                state,
                                0,
                                0,
                                Map.of(),
                                InstantSource.system()),
                        ShopUnderTest.silent());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "root", OperatorFiles.read(state.operator()).root().certificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(tls).build();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        system.close();
    }

    private static HttpResponse<String> ask(
            String role, String method, String path, String type, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(system.door() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!role.isEmpty()) {
            request.header(
                    "Authorization",
                    "Bearer "
                            + Tokens.bearer(
                                    state,
                                    OperatorClient.connect(state.operator()),
                                    system.declared().blueprint(),
                                    role));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> json(String role, String method, String path, String body)
            throws Exception {
        return ask(role, method, path, "application/json", body);
    }

    private static String id(HttpResponse<String> answer) {
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
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

        String request = made.headers().firstValue("Ringwall-Request").orElseThrow();
        ShopUnderTest.Ended why =
                ShopUnderTest.run("why", request, "--state", state.path().toString());
        assertThat(why.out()).contains("ringwall.create-user");
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
        Files.deleteIfExists(state.operator().resolve("credentials").resolve("clerk.token.json"));
    }

    @Test
    void whatIsTriedByThoseWhoAdministerHolds() throws Exception {
        Report report =
                new Prover(InstantSource.system())
                        .run(
                                Targets.of(
                                        state,
                                        OperatorClient.connect(state.operator()),
                                        system.declared().blueprint()),
                                name -> name.matches(TRIED),
                                (_, _, _) -> {});

        assertThat(report.open()).as(report.table()).isEmpty();
        assertThat(report.results()).hasSizeGreaterThan(60);
    }

    @Test
    void nobodyReachesTheControlPlaneAroundTheGateway() throws Exception {
        ShopUnderTest.Ended token =
                ShopUnderTest.run("join-token", "ringwall", "--state", state.path().toString());

        assertThat(token.exitCode()).as("nobody may become `ringwall`").isNotZero();
    }
}
