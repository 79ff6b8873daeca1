package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.MachineClients;
import dev.ringwall.people.Revocation;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the token endpoint refuses (RFC 6749 §5.2, RFC 7636 §4.6, RFC 9700 §2.1.1 and §4.14.2).
class TokenRefusalsTest {

    @TempDir Path folder;
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder);
        browser = house.browser();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static void refused(HttpResponse<String> answer, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @ParameterizedTest
    @CsvSource({
        "password, unsupported_grant_type",
        "urn:ietf:params:oauth:grant-type:device_code, unauthorized_client",
        "urn:ietf:params:oauth:grant-type:token-exchange, unauthorized_client",
        "urn:ietf:params:oauth:grant-type:jwt-bearer, unsupported_grant_type",
        "authorization_code, invalid_request",
        "refresh_token, invalid_request",
    })
    void whatAMachineMayNotAskForItDoesNotGet(String grant, String error) {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        refused(
                browser.asClient(
                        client,
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                grant,
                                "username",
                                "ana",
                                "password",
                                House.PASSWORD,
                                "device_code",
                                "a-code",
                                "subject_token",
                                "a-token",
                                "subject_token_type",
                                "urn:ietf:params:oauth:token-type:access_token")),
                error);
    }

    @Test
    void aPersonsPasswordBuysNothingHere() {
        HttpResponse<String> answer =
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type", "password",
                                "client_id", "storefront",
                                "username", "ana",
                                "password", House.PASSWORD));
        assertThat(answer.statusCode()).isBetween(400, 401);
        assertThat(answer.body()).doesNotContain("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code_verifier", "redirect_uri", "code", "client_id", "grant_type"})
    void aCodeBuysNothingWhenAnythingIsMissing(String missing) {
        Map<String, String> form = purchase(browser.code("ana"));
        form.remove(missing);
        assertThat(browser.post(Paths.TOKEN, form).statusCode()).isBetween(400, 401);
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, another-verifier-that-is-long-enough-for-rfc-7636",
        "redirect_uri, https://localhost:8443/",
        "client_id, ringwall-cli",
        "code, guessed",
    })
    void aCodeBuysNothingWhenAnythingIsDifferent(String name, String value) {
        Map<String, String> form = purchase(browser.code("ana"));
        form.put(name, value);
        refused(browser.post(Paths.TOKEN, form), "invalid_grant");
    }

    private static Map<String, String> purchase(String code) {
        return new HashMap<>(
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "storefront",
                        "redirect_uri",
                        Browser.CALLBACK,
                        "code_verifier",
                        Browser.VERIFIER,
                        "code",
                        code));
    }

    @Test
    void ofManyWhoUseOneCodeAtOnceNoneKeepsMoreThanOneFamily() throws Exception {
        String code = browser.code("ana");
        List<HttpResponse<String>> answers = atOnce(() -> house.browser().buy(code));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200).count())
                .isLessThanOrEqualTo(1);
        assertThat(house.acts()).contains("CODE_REPLAYED");
        answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .forEach(answer ->
                        assertThat(
                                        browser.refresh(
                                                        Browser.json(answer)
                                                                .path("refresh_token")
                                                                .asString())
                                                .statusCode())
                                .isEqualTo(400));
    }

    @Test
    void ofManyWhoRefreshAtOnceNoneKeepsAFamily() throws Exception {
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        List<HttpResponse<String>> answers = atOnce(() -> house.browser().refresh(token));
        List<HttpResponse<String>> good =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(good.size()).isLessThanOrEqualTo(1);
        assertThat(house.acts()).contains("REFRESH_REUSED");
        for (HttpResponse<String> answer : good) {
            String next = Browser.json(answer).path("refresh_token").asString();
            assertThat(browser.refresh(next).statusCode()).isEqualTo(400);
        }
    }

    private static List<HttpResponse<String>> atOnce(Callable<HttpResponse<String>> call)
            throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<HttpResponse<String>>> all =
                    threads.invokeAll(List.of(call, call, call, call, call, call));
            return all.stream().map(Future::resultNow).toList();
        }
    }

    @Test
    void aRefreshTokenOfAnotherClientIsWorthNothing() {
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        refused(
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                Clients.COMMAND_LINE,
                                "refresh_token",
                                token)),
                "invalid_grant");
    }

    @Test
    void aRefreshNeverWidensTheScope() {
        Map<String, String> question = Browser.question();
        question.put("scope", "orders.read");
        String code = Browser.query(Browser.location(browser.signIn("ana", question))).get("code");
        String token = Browser.json(browser.buy(code)).path("refresh_token").asString();
        refused(
                browser.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "storefront",
                                "refresh_token", token,
                                "scope", "orders.read orders.place")),
                "invalid_scope");
    }

    @Test
    void whoIsDisabledRefreshesNothingAndWhatTheyHadIsRevoked() {
        String token =
                Browser.json(browser.buy(browser.code("ana"))).path("refresh_token").asString();
        house.provider.accounts().disable("ana", true, House.OPERATOR);
        refused(browser.refresh(token), "invalid_grant");
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::kind)
                .containsExactly(Revocation.Kind.SID);
    }

    @Test
    void aMachineWithAWrongSecretIsNobody() {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        var wrong = new MachineClients.Outcome.Created(client.client(), client.secret() + "x");
        HttpResponse<String> answer =
                browser.asClient(wrong, Paths.TOKEN, Map.of("grant_type", "client_credentials"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        refused(answer, "invalid_client");
        assertThat(house.acts()).contains("CLIENT_REFUSED");
    }

    @Test
    void aRevokedMachineIsNobody() {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        house.provider.clients().revoke(client.client().id(), House.OPERATOR);
        refused(
                browser.asClient(client, Paths.TOKEN, Map.of("grant_type", "client_credentials")),
                "invalid_client");
        assertThat(house.provider.revocations().current())
                .extracting(Revocation::value)
                .containsExactly(client.client().id());
    }

    @Test
    void aMachineGetsNoScopeOfAnotherRole() {
        var client =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        refused(
                browser.asClient(
                        client,
                        Paths.TOKEN,
                        Map.of("grant_type", "client_credentials", "scope", "orders.place")),
                "invalid_scope");
    }

    @Test
    void whatAPersonMayNotDoIsNotInTheScopeThoughItWasAskedFor() {
        house.account("bob", "clerk");
        var tokens = Browser.json(browser.buy(browser.code("bob")));
        assertThat(tokens.path("scope").asString().split(" ", -1))
                .containsExactlyInAnyOrder("openid", "orders.read");
    }
}
