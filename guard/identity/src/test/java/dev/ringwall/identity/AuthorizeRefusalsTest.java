package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the authorization endpoint refuses (OAuth 2.1 §4.1.1, RFC 9700 §2.1, RFC 7636 §4.4.1, RFC 8252 §7.3, RFC 9207).
class AuthorizeRefusalsTest {

    @TempDir static Path folder;
    private static House house;

    @BeforeAll
    static void start() {
        house = House.in(folder);
        house.account("ana", "shopper");
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    private static HttpResponse<String> asked(String name, String value) {
        Map<String, String> question = Browser.question();
        if (value.isEmpty()) {
            question.remove(name);
        } else {
            question.put(name, value);
        }
        return house.browser().ask(question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/callback",
                "https://localhost:8443/callback/",
                "https://localhost:8443/callback?x=1",
                "https://localhost:8443/callback#x",
                "https://localhost:8443/callback/../elsewhere",
                "https://localhost:8443/Callback",
                "https://localhost:8444/callback",
                "http://localhost:8443/callback",
                "https://localhost:8443@elsewhere.example/callback",
                "https://ana@localhost:8443/callback",
                "https://localhost:8443/callback.elsewhere.example",
                "https://localhost:8443/%63allback",
                "http://127.0.0.1:9999/callback",
                "javascript:alert(1)",
                "//localhost:8443/callback",
                "",
            })
    void anAddressThatIsNotRegisteredGetsNothingAndNobodyIsSentThere(String redirect) {
        HttpResponse<String> answer = asked("redirect_uri", redirect);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).doesNotContain("elsewhere.example");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:49152/callback, true",
        "http://127.0.0.1:1/callback, true",
        "http://127.0.0.1/callback, true",
        "http://127.0.0.1:49152/elsewhere, false",
        "http://127.0.0.1:0/callback, false",
        "http://127.0.0.1:123456/callback, false",
        "http://127.0.0.1:49152@elsewhere.example/callback, false",
        "http://127.0.0.1.elsewhere.example/callback, false",
        "http://localhost:49152/callback, false",
        "https://127.0.0.1:49152/callback, false",
    })
    void onlyThePortOfALoopbackAddressIsFree(String redirect, boolean good) {
        Map<String, String> question = Browser.question();
        question.put("client_id", Clients.COMMAND_LINE);
        question.put("redirect_uri", redirect);
        assertThat(house.browser().ask(question).statusCode()).isEqualTo(good ? 303 : 400);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "response_type, token, unsupported_response_type",
                "response_type, code token, unsupported_response_type",
                "response_type, id_token, unsupported_response_type",
                "code_challenge, '', invalid_request",
                "code_challenge_method, plain, invalid_request",
                "code_challenge_method, '', invalid_request",
                "scope, orders.elsewhere, invalid_scope",
                "scope, openid admin, invalid_scope",
                "prompt, none, login_required",
            })
    void whatIsRefusedIsToldToTheClientWithTheIssuersNameOrToThePersonAlone(
            String name, String value, String error) {
        HttpResponse<String> answer = asked(name, value);
        if (answer.statusCode() == 400) {
            assertThat(answer.body()).contains(error);
            return;
        }
        String sent = Browser.location(answer);
        assertThat(sent).startsWith(Browser.CALLBACK + "?").doesNotContain("code=", "access_token");
        assertThat(Browser.query(sent))
                .containsEntry("error", error)
                .containsEntry("state", "xyz")
                .containsEntry("iss", "https://localhost:8443/auth");
    }

    @Test
    void anUnknownClientGetsAPageAndNobodyIsSentAnywhere() {
        HttpResponse<String> answer = asked("client_id", "nobody");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void withoutPeopleWhoSignInThereIsNoClientForThem() {
        var before = house.blueprint.get();
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                .replace("login: password, session: 8h", "login: client")
                                .replace("login: password, session: 30m", "login: client")));
        try {
            assertThat(asked("state", "xyz").statusCode()).isEqualTo(400);
        } finally {
            house.blueprint.set(before);
        }
    }
}
