package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Change;
import dev.ringwall.model.Client;
import dev.ringwall.model.Difference;
import dev.ringwall.model.SigningAlgorithm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a declaration means by its clients, and what it means to change them.
class ClientsTest {

    private static final String HEAD =
            """
            ringwall: 1
            system: shop
            roles: { shopper: { login: password }, clerk: { login: password }, courier: { login: client } }
            clients:
            """;

    private static final String APP =
            "  app: { kind: web, roles: [shopper], return-to: [\"https://app.example.com/back\"] }\n";

    private static Blueprint read(String clients) {
        return switch (Reader.read(Map.of("ringwall.yaml", HEAD + clients), "ringwall.yaml")) {
            case Reading.Read(var declaration, var _)
                    when Blueprint.of(declaration)
                            instanceof Blueprint.Outcome.Sound(var b, var _) ->
                    b;
            case Reading.Read(var declaration, var _) ->
                    throw new AssertionError(Blueprint.of(declaration).problems());
            case Reading.Unreadable(var problems, var _) -> throw new AssertionError(problems);
        };
    }

    private static List<String> plan(String old, String young) {
        assertThat(APP).contains(old);
        return Difference.between(read(APP), read(APP.replace(old, young))).stream()
                .map(Change::toString)
                .map(text -> text.substring(0, text.lastIndexOf("  ")))
                .toList();
    }

    @Test
    void aClientProvesItselfBySomethingWhereItCan() {
        Map<String, Client> clients =
                read(APP
                                + """
                                  page: { kind: browser, roles: [clerk], return-to: ["https://page.example.com"] }
                                  nightly: { kind: machine, roles: [courier], proof: keys }
                                """)
                        .declaration()
                        .clients();
        assertThat(clients.get("app").proof()).isEqualTo(Client.Proof.SECRET);
        assertThat(clients.get("page").proof()).isEqualTo(Client.Proof.NONE);
        assertThat(clients.get("nightly").proof()).isEqualTo(Client.Proof.KEYS);
        assertThat(clients.get("app").returnTo()).containsOnlyKeys("https://app.example.com/back");
        assertThat(clients.get("app").roles().get("shopper").number()).isEqualTo(5);
    }

    @Test
    void theProviderSignsWithWhatIsDeclaredAndWithWhatEverybodyReads() {
        assertThat(read(APP).signedWith()).containsExactly(SigningAlgorithm.ES256);
        assertThat(read(APP.replace("/back\"] }", "/back\"], signed-with: PS256 }")).signedWith())
                .containsExactly(SigningAlgorithm.ES256, SigningAlgorithm.PS256);
        assertThat(read(APP + "door: { access-tokens: EdDSA }\n").signedWith())
                .containsExactly(SigningAlgorithm.ES256, SigningAlgorithm.EDDSA);
    }

    @Test
    void planSaysWhatAccessTokensAreSignedWith() {
        assertThat(plan(APP, APP + "door: { access-tokens: PS256 }\n"))
                .containsExactly("~ access tokens are signed with PS256 instead of ES256");
    }

    @Test
    void planSaysWhoMayAskForTokensNow() {
        assertThat(plan("roles: [shopper]", "roles: [shopper, clerk]"))
                .containsExactly("+ app may be used by holders of clerk");
        assertThat(plan("https://app.example.com/back", "https://app.example.com/other"))
                .containsExactly(
                        "+ app is sent codes to https://app.example.com/other",
                        "- app no longer is sent codes to https://app.example.com/back");
        assertThat(plan("/back\"] }", "/back\"], proof: keys }"))
                .containsExactly("- app proves itself by keys instead of secret");
        assertThat(plan("/back\"] }", "/back\"], signed-with: EdDSA }"))
                .containsExactly("~ what app reads is signed with EdDSA instead of ES256");
        assertThat(plan("/back\"] }", "/back\"], claims: [email] }"))
                .containsExactly("+ app may ask for people's email");
        assertThat(plan("kind: web", "kind: browser"))
                .containsExactly(
                        "+ app proves itself by none instead of secret",
                        "~ app is of kind browser instead of web");
        assertThat(plan(APP, "  other: { kind: machine, roles: [courier], proof: secret }\n"))
                .containsExactly(
                        "+ other is a new client, for courier", "- the client app is gone");
    }
}
