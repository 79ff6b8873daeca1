package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.MachineClients;
import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pushed authorization requests (RFC 9126).
class PushedRequestsTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.now());
    private House house;
    private Browser browser;

    @BeforeEach
    void start() {
        house = House.in(folder, clock);
        browser = house.browser();
        house.account("ana", "shopper");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String pushed() {
        HttpResponse<String> answer = house.browser().post(Paths.PAR, Browser.question());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Browser.json(answer).path("request_uri").asString();
    }

    private static Map<String, String> named(String uri) {
        return new HashMap<>(Map.of("client_id", "storefront", "request_uri", uri));
    }

    private static void over(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).contains("This sign-in request is over");
    }

    @Test
    void aPushedRequestIsNamedAndLivesForLessThanTenMinutes() {
        HttpResponse<String> answer = browser.post(Paths.PAR, Browser.question());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(Browser.json(answer).path("expires_in").asInt()).isBetween(5, 599);
        assertThat(Browser.json(answer).path("request_uri").asString())
                .matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43,}");
    }

    @Test
    void aPersonSignsInWithNothingButTheNameInTheAddressAndTheClientGetsTokens() {
        String uri = pushed();
        HttpResponse<String> asked = browser.ask(named(uri));
        assertThat(Browser.query(Browser.location(asked)))
                .containsOnlyKeys("client_id", "request_uri");
        HttpResponse<String> page = browser.get(Browser.location(asked));
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' https://localhost:8443");
        HttpResponse<String> loggedIn = browser.logIn(asked, "ana", House.PASSWORD);
        HttpResponse<String> sent = browser.get(Browser.location(loggedIn));
        assertThat(Browser.location(sent)).startsWith(Browser.CALLBACK + "?");
        assertThat(Browser.query(Browser.location(sent)))
                .containsEntry("state", "xyz")
                .containsEntry("iss", "https://localhost:8443/auth");
        HttpResponse<String> bought =
                browser.buy(Browser.query(Browser.location(sent)).get("code"));
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        assertThat(
                        Browser.claims(Browser.json(bought).path("id_token").asString())
                                .path("nonce")
                                .asString())
                .isEqualTo("n-0S6");
    }

    @Test
    void aRequestIsAnsweredOnce() {
        String uri = pushed();
        assertThat(Browser.location(browser.signIn("ana", named(uri)))).contains("code=");
        over(browser.ask(named(uri)));
        over(house.browser().ask(named(uri)));
    }

    @Test
    void ofManyWhoComeWithTheSameRequestAtOnceOneGetsACode() throws Exception {
        browser.signIn("ana", Browser.question());
        String uri = pushed();
        int many = 6;
        CyclicBarrier together = new CyclicBarrier(many);
        Callable<HttpResponse<String>> come =
                () -> {
                    Browser one = house.browser();
                    one.cookies.putAll(browser.cookies);
                    together.await();
                    return one.ask(named(uri));
                };
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            int codes = 0;
            for (Future<HttpResponse<String>> one :
                    all.invokeAll(java.util.Collections.nCopies(many, come))) {
                codes += one.get().headers().firstValue("Location").isPresent() ? 1 : 0;
            }
            assertThat(codes).isEqualTo(1);
        }
    }

    @Test
    void whatTheAddressSaysBesidesDoesNotCount() {
        Map<String, String> question = named(pushed());
        question.put("scope", "openid");
        question.put("state", "another");
        question.put("redirect_uri", "https://elsewhere.example/callback");
        question.put("prompt", "none");
        question.put("response_type", "token");
        assertThat(Browser.query(Browser.location(browser.signIn("ana", question))))
                .containsEntry("state", "xyz")
                .containsKey("code");
    }

    @Test
    void aRequestIsBoundToItsClient() {
        String uri = pushed();
        Map<String, String> other = named(uri);
        other.put("client_id", Clients.COMMAND_LINE);
        over(browser.ask(other));
        other.remove("client_id");
        over(browser.ask(other));
        assertThat(Browser.location(browser.signIn("ana", named(uri)))).contains("code=");
    }

    @Test
    void aRequestThatNobodyCameWithInTimeIsForgotten() {
        String uri = pushed();
        clock.advance(PushedRequests.ARRIVES_WITHIN);
        over(browser.ask(named(uri)));
    }

    @Test
    void whoeverCameInTimeMayTakeAWhileToSignInButNotForever() {
        String uri = pushed();
        HttpResponse<String> asked = browser.ask(named(uri));
        clock.advance(PushedRequests.ARRIVES_WITHIN.multipliedBy(2));
        assertThat(browser.get(Browser.location(asked)).statusCode()).isEqualTo(200);
        clock.advance(PushedRequests.ANSWERED_WITHIN);
        over(browser.get(Browser.location(asked)));
        over(browser.ask(named(uri)));
    }

    @Test
    void namesThatNobodyGaveAreRefused() {
        for (String uri :
                List.of(
                        "",
                        "urn:ietf:params:oauth:request_uri:x",
                        "https://elsewhere.example/request.jwt",
                        "file:///etc/passwd")) {
            over(browser.ask(named(uri)));
        }
        HttpResponse<String> twice =
                browser.get(
                        Paths.AUTHORIZE
                                + "?"
                                + Answers.encoded(named(pushed()))
                                + "&request_uri=x");
        over(twice);
        assertThat(house.acts()).contains("CLIENT_REFUSED");
    }

    @ParameterizedTest
    @CsvSource({
        "request_uri, urn:ietf:params:oauth:request_uri:x, 400, invalid_request",
        "redirect_uri, https://elsewhere.example/callback, 400, invalid_request",
        "response_type, token, 400, unsupported_response_type",
        "response_type, '', 400, invalid_request",
        "scope, orders.elsewhere, 400, invalid_scope",
        "code_challenge, '', 400, invalid_request",
        "code_challenge_method, plain, 400, invalid_request",
        "client_id, nobody, 401, invalid_client",
        "client_id, '', 400, invalid_request",
    })
    void whatWouldBeRefusedAtTheFrontIsNotTakenHere(
            String name, String value, int status, String error) {
        Map<String, String> question = Browser.question();
        if (value.isEmpty()) {
            question.remove(name);
        } else {
            question.put(name, value);
        }
        HttpResponse<String> answer = browser.post(Paths.PAR, question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo(error);
        assertThat(answer.body()).doesNotContain("urn:ietf");
    }

    @Test
    void aMachineHasNothingToPushAndNobodyPushesForAnother() {
        var machine =
                (MachineClients.Outcome.Created)
                        house.provider.clients().create("courier", House.OPERATOR);
        HttpResponse<String> own = browser.asClient(machine, Paths.PAR, Browser.question());
        assertThat(own.statusCode()).as(own.body()).isEqualTo(400);
        assertThat(own.body()).doesNotContain("urn:ietf");
    }

    @Test
    void aRequestThatIsTooLongIsRefused() {
        Map<String, String> question = Browser.question();
        question.put("nonce", "n".repeat(PushEndpoint.REQUEST_CHARACTERS_MAX));
        HttpResponse<String> answer = browser.post(Paths.PAR, question);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.json(answer).path("error").asString()).isEqualTo("invalid_request");
    }

    @Test
    void itIsPostedToAndSurvivesARestart() {
        assertThat(browser.get(Paths.PAR).statusCode()).isEqualTo(404);
        String uri = pushed();
        house.restart();
        assertThat(Browser.location(house.browser().signIn("ana", named(uri)))).contains("code=");
    }
}
