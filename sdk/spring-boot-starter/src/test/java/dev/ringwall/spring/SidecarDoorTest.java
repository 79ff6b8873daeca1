package dev.ringwall.spring;

import static dev.ringwall.spring.Running.as;
import static dev.ringwall.spring.Running.without;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both sides of the door of a service that runs behind a sidecar.
class SidecarDoorTest {

    private static Running shop;

    @BeforeAll
    static void start() {
        shop = Running.behindSidecar(Map.of());
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void whatTheSidecarProvedIsTheCaller() {
        assertThat(shop.get("/caller", as("acc1", "clerk,shopper")).body())
                .isEqualTo("acc1 [clerk, shopper]");
        assertThat(shop.get("/caller", as("service:orders", "")).body())
                .isEqualTo("service:orders");
        assertThat(shop.get("/caller", as("-", "")).body()).isEqualTo("-");
    }

    @Test
    void theCallerIsThePrincipalWithItsRoles() {
        assertThat(shop.get("/principal", as("acc1", "shopper")).body()).isEqualTo("acc1true");
        assertThat(shop.get("/principal", as("acc1", "clerk")).body()).isEqualTo("acc1false");
        assertThat(shop.get("/authentication", as("acc1", "clerk")).body())
                .isEqualTo("acc1 [ROLE_clerk, SCOPE_orders.read]");
    }

    @Test
    void anyoneIsNobodysPrincipal() {
        assertThat(shop.get("/clerks", as("-", "")).statusCode()).isEqualTo(401);
        assertThat(shop.send("POST", "/clerks", as("-", "")).statusCode()).isEqualTo(401);
        assertThat(shop.get("/authentication", as("-", "")).body()).contains("ROLE_ANONYMOUS");
    }

    @Test
    void methodSecurityCountsWithoutBeingSwitchedOn() {
        assertThat(shop.get("/clerks", as("acc1", "clerk")).body()).isEqualTo("for clerks");
        HttpResponse<String> refused = shop.get("/clerks", as("acc1", "shopper"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("not-allowed");
        assertThat(shop.send("POST", "/clerks", as("acc1", "clerk")).body()).isEqualTo("written");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/caller",
                "/",
                "/nothing/here",
                "/error",
                "/index.html",
                "/login",
                "/logout"
            })
    void withoutTheEntrySecretNoPathAnswers(String path) {
        String[] missing = without("Ringwall-Entry", as("acc1", "clerk"));
        HttpResponse<String> refused = shop.get(path, missing);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(refused.body()).contains("\"title\":\"no-entry\"").doesNotContain("Ringwall-");
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"}) {
            assertThat(shop.send(method, path, missing).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "letmein",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,x"
            })
    void aWrongSecretIsNoSecret(String guessed) {
        String[] guess = as("acc1", "clerk");
        guess[1] = guessed;
        assertThat(shop.get("/caller", guess).body()).contains("no-entry");
    }

    @ParameterizedTest
    @CsvSource({
        "Ringwall-Entry, guessed-guessed-guessed",
        "ringwall-entry, guessed-guessed-guessed",
        "Ringwall-Caller, acc2",
        "RINGWALL-CALLER, acc2",
        "ringwall-roles, clerk",
        "Ringwall-Operation, orders.ship",
        "ringwall-request, 01M849JJ8C3GVWCGYZRHD83AEU",
        "TXN-TOKEN, another"
    })
    void aSecondLineOfAHeaderIsARefusalInWhateverCase(String name, String value) {
        assertThat(shop.get("/caller", as("acc1", "shopper", name, value)).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ringwall-Caller",
                "Ringwall-Roles",
                "Ringwall-Operation",
                "Ringwall-Request"
            })
    void whatTheSidecarDoesNotSayIsNotMadeUp(String name) {
        assertThat(shop.get("/caller", without(name, as("acc1", "shopper"))).body())
                .contains("unreadable-caller")
                .contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clerk,",
                ",clerk",
                "clerk, shopper",
                "clerk;shopper",
                "Clerk",
                "ROLE_clerk",
                "clerk,clerk",
                "a b",
                "*",
                "clerk\u00e9",
                "-clerk"
            })
    void oneOddRoleRefusesTheWholeList(String roles) {
        assertThat(shop.get("/caller", as("acc1", roles)).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acc1 acc2", "acc1,acc2", "-acc", "acc1\"", "<b>", "acc/1"})
    void anOddCallerIsRefused(String caller) {
        assertThat(shop.get("/caller", as(caller, "shopper")).statusCode()).isEqualTo(403);
    }

    @Test
    void anyoneWithARoleIsRefused() {
        assertThat(shop.get("/caller", as("-", "clerk")).statusCode()).isEqualTo(403);
    }

    @Test
    void tooManyRolesAreRefusedAndAsManyAsMayBeAreNot() {
        String roles =
                String.join(
                        ",",
                        java.util.stream.IntStream.range(0, Headers.ROLES_MAX)
                                .mapToObj(i -> "r" + i)
                                .toList());
        assertThat(shop.get("/caller", as("acc1", roles)).statusCode()).isEqualTo(200);
        assertThat(shop.get("/caller", as("acc1", roles + ",one-more")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theCallerIsNotBoundFromParameters() {
        assertThat(
                        shop.get("/caller?id=root&roles=clerk&caller=root", as("acc1", "shopper"))
                                .body())
                .isEqualTo("acc1 [shopper]");
    }

    @Test
    void theEntrySecretIsNotShownToTheServiceItself() {
        String headers = shop.get("/headers", as("acc1", "shopper")).body();
        assertThat(headers)
                .contains("\"ringwall-caller\":\"acc1\"")
                .contains("\"asked for\":\"null\"")
                .doesNotContain(Running.ENTRY);
    }

    @Test
    void theLogHasTheIdsOfTheRequestAndOfItsTrace() {
        assertThat(shop.get("/log", as("acc1", "shopper")).body())
                .isEqualTo("01M849JJ8C3GVWCGYZRHD83AET 4bf92f3577b34da6a3ce929d0e0e4736");
        String[] odd = as("acc1", "shopper");
        odd[odd.length - 1] = "00-zz\t";
        assertThat(shop.get("/log", odd).body()).isEqualTo("01M849JJ8C3GVWCGYZRHD83AET null");
    }

    @Test
    void anAsynchronousEndHasTheSameCaller() {
        assertThat(shop.get("/later", as("acc1", "shopper")).body())
                .isEqualTo("acc1 [shopper] acc1 01M849JJ8C3GVWCGYZRHD83AET");
    }

    @Test
    void anErrorPageIsForWhomTheGateLetIn() {
        assertThat(shop.get("/broken", as("acc1", "shopper")).statusCode()).isEqualTo(500);
        assertThat(shop.get("/nothing", as("acc1", "shopper")).statusCode()).isEqualTo(404);
        assertThat(shop.get("/broken").statusCode()).isEqualTo(403);
    }

    @Test
    void aMethodIsReachedByItsOwnOperationOnly() {
        assertThat(shop.get("/orders", as("acc1", "shopper")).body()).isEqualTo("orders");
        String[] other = as("acc1", "shopper");
        other[7] = "orders.list";
        assertThat(shop.get("/orders", other).body()).contains("other-operation");
    }

    @Test
    void noCallIsLeftOnTheThreadWhenItIsOver() {
        for (int i = 0; i < 50; i++) {
            assertThat(shop.get("/principal", as("acc1", "shopper")).body()).isEqualTo("acc1true");
            assertThat(shop.get("/principal", as("-", "")).body()).isEqualTo("nobody");
        }
    }
}
