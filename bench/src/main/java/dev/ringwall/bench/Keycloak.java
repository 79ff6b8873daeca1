package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Keycloak as its guide for production says: built once, started from that build, TLS, a database on the disk. Maven fetches it into the usual
/// repository. Tokens are signed with P-256 as ours are; passwords cost what ours cost; one realm keeps its events in the database, as ours go
/// to the audit log, and one does not.
final class Keycloak implements AutoCloseable {

    private static final String VERSION = "26.7.3";

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>bench</groupId>
              <artifactId>keycloak</artifactId>
              <version>1</version>
            </project>
            """;

    private static final String UNPACK_BY =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:unpack";

    /// Secrets of a provider that nobody but this run can reach.
    private static final String SECRET = "a secret of this measurement alone";

    private static final String REALM =
            """
            {
              "realm": "REALM", "enabled": true, "sslRequired": "all", "defaultSignatureAlgorithm": "ES256",
              "accessTokenLifespan": 300, "eventsEnabled": EVENTS, "passwordPolicy": "hashAlgorithm(argon2)",
              "components": { "org.keycloak.keys.KeyProvider": [
                { "name": "p256", "providerId": "ecdsa-generated",
                  "config": { "ecdsaEllipticCurveKey": ["P-256"], "priority": ["100"], "active": ["true"], "enabled": ["true"] } } ] },
              "clients": [
                { "clientId": "robot", "secret": "SECRET", "enabled": true, "publicClient": false,
                  "serviceAccountsEnabled": true, "standardFlowEnabled": false, "directAccessGrantsEnabled": false,
                  "attributes": { "access.token.signed.response.alg": "ES256" } },
                { "clientId": "web", "secret": "SECRET", "enabled": true, "publicClient": false,
                  "standardFlowEnabled": true, "directAccessGrantsEnabled": false, "redirectUris": ["RETURN"],
                  "attributes": { "access.token.signed.response.alg": "ES256", "id.token.signed.response.alg": "ES256",
                                  "pkce.code.challenge.method": "S256" } } ],
              "users": [
                { "username": "ana", "enabled": true, "email": "ana@example.com", "emailVerified": true,
                  "firstName": "Ana", "lastName": "Example",
                  "credentials": [ { "type": "password", "value": "SECRET" } ] } ]
            }
            """;

    private final Path home;
    private final Path folder;
    private final int port;
    private final int door;
    private Program running;

    /// Fetches it, builds it and starts it.
    ///
    /// @param port where it listens
    /// @param door where the nginx before it does
    Keycloak(Path home, Path launcher, int port, int door)
            throws IOException, InterruptedException {
        this.home = home;
        this.port = port;
        this.door = door;
        Path pom = Files.writeString(home.resolve("keycloak.pom"), POM);
        Program.run(
                home,
                "keycloak-maven",
                List.of(
                        "env",
                        "HOME=" + System.getProperty("user.home"),
                        launcher.resolveSibling("mvnw").toString(),
                        "--batch-mode",
                        "-f",
                        pom.toString(),
                        UNPACK_BY,
                        "-Dartifact=org.keycloak:keycloak-quarkus-dist:" + VERSION + ":zip",
                        "-DoutputDirectory=" + home.resolve("unpacked")));
        this.folder = home.resolve("unpacked").resolve("keycloak-" + VERSION);
        Path imports = Files.createDirectories(folder.resolve("data").resolve("import"));
        for (String realm : List.of("kept", "bare")) {
            Files.writeString(
                    imports.resolve(realm + ".json"),
                    REALM.replace("REALM", realm)
                            .replace("EVENTS", String.valueOf(realm.equals("kept")))
                            .replace("SECRET", SECRET)
                            .replace("RETURN", Provider.RETURN));
        }
        Program.run(home, "keycloak-build", script("build", "--db=dev-file", "--cache=local"));
        this.running = begin();
    }

    /// What each password costs in Ringwall (`Passwords` in `guard/people`).
    private static List<String> argon() {
        return List.of(
                "--spi-password-hashing--argon2--type=id",
                "--spi-password-hashing--argon2--memory=19456",
                "--spi-password-hashing--argon2--iterations=2",
                "--spi-password-hashing--argon2--parallelism=1",
                "--spi-password-hashing--argon2--hash-length=32");
    }

    private List<String> script(String... words) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "JAVA_HOME=" + System.getProperty("java.home"),
                                folder.resolve("bin").resolve("kc.sh").toString()));
        command.addAll(List.of(words));
        return command;
    }

    private Program begin() throws IOException, InterruptedException {
        List<String> command =
                script(
                        "start",
                        "--optimized",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--https-port=" + port,
                        "--https-protocols=TLSv1.3",
                        "--https-certificate-file=" + home.resolve("server.pem"),
                        "--https-certificate-key-file=" + home.resolve("server.key"),
                        "--hostname=https://localhost:" + door);
        command.addAll(argon());
        Program program = Program.start(home, "keycloak", command);
        program.awaitPort(port);
        return program;
    }

    /// Ends it, and starts it again on what it has.
    ///
    /// @return when that began, by `System.nanoTime`
    long restart() throws IOException, InterruptedException {
        running.close();
        long began = System.nanoTime();
        running = begin();
        return began;
    }

    /// The realm that keeps its events, or the one that does not.
    Provider realm(String name, String realm, String what) {
        String base = "https://localhost:" + door;
        String paths = "/realms/" + realm + "/protocol/openid-connect";
        return new Provider(
                name,
                what,
                base,
                new Provider.Paths(paths + "/auth", paths + "/token", "openid"),
                new Provider.Known("robot", SECRET),
                new Provider.Known("web", SECRET),
                new Provider.Known("ana", SECRET),
                () -> running.worker());
    }

    @Override
    public void close() {
        running.close();
    }
}
