package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Spring Cloud Gateway that does TLS, a check of the token's signature and time, and mutual TLS to the next hop; on one event loop. It is put
/// together when it is measured, by Maven in a folder of its own, so that no library of it comes near the product.
final class SpringGateway {

    /// Netty's native parts exist for this version of it.
    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>bench</groupId>
              <artifactId>spring-gateway</artifactId>
              <version>1</version>
              <dependencyManagement>
                <dependencies>
                  %s%s%s</dependencies>
              </dependencyManagement>
              <dependencies>
                %s%s</dependencies>
            </project>
            """
                    .formatted(
                            bom("io.netty", "netty-bom", "4.2.18.Final"),
                            bom("org.springframework.boot", "spring-boot-dependencies", "4.0.9"),
                            bom(
                                    "org.springframework.cloud",
                                    "spring-cloud-dependencies",
                                    "2025.1.4"),
                            library(
                                    "org.springframework.cloud",
                                    "spring-cloud-starter-gateway-server-webflux"),
                            library(
                                    "org.springframework.boot",
                                    "spring-boot-starter-oauth2-resource-server"));

    private static final String MAIN =
            """
            package gateway;

            import com.nimbusds.jose.jwk.JWK;
            import com.nimbusds.jose.jwk.JWKSet;
            import java.nio.file.Path;
            import java.util.List;
            import org.springframework.beans.factory.annotation.Value;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.annotation.Bean;
            import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
            import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
            import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
            import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
            import reactor.core.publisher.Flux;

            @SpringBootApplication
            public class Main {
                public static void main(String[] arguments) {
                    SpringApplication.run(Main.class, arguments);
                }

                @Bean
                ReactiveJwtDecoder decoder(@Value("${jwks}") String file) throws Exception {
                    List<JWK> keys = JWKSet.load(Path.of(file).toFile()).getKeys();
                    NimbusReactiveJwtDecoder decoder =
                            NimbusReactiveJwtDecoder.withJwkSource(token -> Flux.fromIterable(keys))
                                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                                    .jwtProcessorCustomizer(it -> it.setJWSTypeVerifier((type, context) -> {}))
                                    .build();
                    decoder.setJwtValidator(new JwtTimestampValidator());
                    return decoder;
                }
            }
            """;

    private static final String SETTINGS =
            """
            jwks: jwks.json
            server: { address: 127.0.0.1, port: PORT, ssl: { bundle: server, enabled-protocols: TLSv1.3 } }
            spring:
              ssl.bundle.pem:
                server: { keystore: { certificate: "file:server.pem", private-key: "file:server.key" } }
                client:
                  keystore: { certificate: "file:client.pem", private-key: "file:client.key" }
                  truststore: { certificate: "file:ca.pem" }
              cloud.gateway.server.webflux:
                httpclient.ssl.ssl-bundle: client
                routes:
                  - { id: items, uri: "https://localhost:NEXT", predicates: [ "Path=/**" ] }
            logging.level.root: warn
            """;

    private static final String CLASS_PATH_BY =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

    private SpringGateway() {}

    private static String bom(String group, String artifact, String version) {
        return """
        <dependency>
          <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version>
          <type>pom</type><scope>import</scope>
        </dependency>
        """
                .formatted(group, artifact, version);
    }

    private static String library(String group, String artifact) {
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId></dependency>\n"
                .formatted(group, artifact);
    }

    /// Fetches and compiles it; returns its class path.
    ///
    /// @throws IOException when that cannot be done, for example without a network
    static String classPath(Path home, Path launcher) throws IOException, InterruptedException {
        Path pom = Files.writeString(home.resolve("spring.pom"), POM);
        Path main = Files.createDirectories(home.resolve("gateway")).resolve("Main.java");
        Files.writeString(main, MAIN);
        Path libraries = home.resolve("spring.class-path");
        Program.run(
                home,
                "spring-maven",
                List.of(
                        "env",
                        "HOME=" + System.getProperty("user.home"),
                        launcher.resolveSibling("mvnw").toString(),
                        "--batch-mode",
                        "-f",
                        pom.toString(),
                        CLASS_PATH_BY,
                        "-Dmdep.outputFile=" + libraries));
        String path = Files.readString(libraries).strip();
        Path classes = home.resolve("spring-classes");
        Program.run(
                home,
                "spring-javac",
                List.of(tool("javac"), "-cp", path, "-d", classes.toString(), main.toString()));
        return classes + ":" + path;
    }

    /// Starts it. The keys of tokens are in `jwks.json`, the certificates beside it.
    static Program start(Path home, String classPath, int port, int mutual) throws IOException {
        Path settings =
                Files.writeString(
                        home.resolve("application.yml"),
                        SETTINGS.replace("PORT", Integer.toString(port))
                                .replace("NEXT", Integer.toString(mutual)));
        return Program.start(
                home,
                "spring",
                List.of(
                        tool("java"),
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dreactor.netty.ioWorkerCount=1",
                        "-cp",
                        classPath,
                        "gateway.Main",
                        "--spring.config.location=file:" + settings));
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
