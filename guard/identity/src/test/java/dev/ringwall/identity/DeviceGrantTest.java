package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Devices without a browser, which people sign in elsewhere (RFC 8628).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceGrantTest {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String CLIENTS =
            """
            clients:
              tv:    { kind: device, roles: [shopper] }
              radio: { kind: device, roles: [shopper] }
              page:  { kind: browser, roles: [shopper], return-to: ["https://page.example.com/back"] }
            """;

    private final HandClock clock = HandClock.atPresent();
    private House house;
    private Browser device;
    private Browser person;
    private int address = 1;

    @BeforeAll
    void start(@TempDir Path folder) {
        house = House.in(folder, clock);
        house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        for (String name : new String[] {"ana", "bea", "cleo"}) {
            house.account(name, name.equals("cleo") ? "clerk" : "shopper");
        }
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void elsewhere() {
        device = from();
        person = from();
    }

    private Browser from() {
        Browser browser = house.browser();
        browser.headers.put("Forwarded", "for=198.51.100." + address++ + ";proto=https");
        return browser;
    }

    private JsonNode codes(String client) {
        HttpResponse<String> begun =
                device.post(
                        Paths.DEVICE_CODES,
                        Map.of("client_id", client, "scope", "openid orders.place"));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return Browser.json(begun);
    }

    private HttpResponse<String> ask(JsonNode codes, String client) {
        return device.post(
                Paths.TOKEN,
                Map.of(
                        "grant_type",
                        GRANT,
                        "client_id",
                        client,
                        "device_code",
                        codes.path("device_code").asString("")));
    }

    private HttpResponse<String> askLater(JsonNode codes) {
        clock.advance(Duration.ofSeconds(30));
        return ask(codes, "tv");
    }

    private static void hears(HttpResponse<String> answer, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Browser.json(answer).path("error").asString("")).isEqualTo(error);
    }

    private HttpResponse<String> comes(String name, String code) {
        HttpResponse<String> asked = person.get(Paths.DEVICE + "?user_code=" + code);
        return asked.statusCode() == 303
                ? person.get(Browser.location(person.logIn(asked, name, House.PASSWORD)))
                : asked;
    }

    private HttpResponse<String> enters(HttpResponse<String> page, String code) {
        return person.post(
                Browser.action(page), Map.of("form", Browser.form(page), "user_code", code));
    }

    private HttpResponse<String> answers(HttpResponse<String> page, String code, String answer) {
        Map<String, String> form = new HashMap<>();
        form.put("form", Browser.form(page));
        form.put("user_code", code);
        form.put("answer", answer);
        return person.post(Browser.action(page), form);
    }

    @Test
    void aPersonEntersTheCodeAndAllowsItAndTheDeviceGetsTokensOnce() {
        JsonNode codes = codes("tv");
        String code = codes.path("user_code").asString("");
        assertThat(codes.path("verification_uri").asString(""))
                .isEqualTo(House.DOOR + Paths.DEVICE);
        hears(ask(codes, "tv"), "authorization_pending");
        HttpResponse<String> page = comes("ana", code);
        assertThat(page.body()).contains(code);
        hears(askLater(codes), "authorization_pending");
        HttpResponse<String> decide = enters(page, code.toLowerCase(java.util.Locale.ROOT));
        assertThat(decide.body()).contains("tv", "ana", code, "orders.place");
        assertThat(decide.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'");
        assertThat(answers(decide, code, "allow").statusCode()).isEqualTo(200);
        HttpResponse<String> bought = askLater(codes);
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        JsonNode tokens = Browser.json(bought);
        JsonNode access = Browser.claims(tokens.path("access_token").asString(""));
        assertThat(access.path("client_id").asString("")).isEqualTo("tv");
        assertThat(access.path("scope").asString("").split(" "))
                .containsExactlyInAnyOrder("openid", "orders.place");
        assertThat(Browser.claims(tokens.path("id_token").asString("")).path("aud").toString())
                .contains("tv");
        hears(askLater(codes), "invalid_grant");
        HttpResponse<String> renewed =
                device.post(
                        Paths.TOKEN,
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "client_id",
                                "tv",
                                "refresh_token",
                                tokens.path("refresh_token").asString("")));
        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
        assertThat(house.acts()).contains("DEVICE_ALLOWED");
    }

    @Test
    void whatIsRefusedGetsNothing() {
        JsonNode codes = codes("tv");
        String code = codes.path("user_code").asString("");
        HttpResponse<String> decide = enters(comes("ana", code), code);
        answers(decide, code, "refuse");
        hears(ask(codes, "tv"), "access_denied");
        assertThat(answers(decide, code, "allow").statusCode()).isEqualTo(422);
        hears(askLater(codes), "access_denied");
    }

    @Test
    void followingAnAddressAllowsNothingAndNeitherDoesAFormOfAnotherPage() {
        JsonNode codes = codes("tv");
        String code = codes.path("user_code").asString("");
        comes("ana", code);
        person.get(Paths.DEVICE + "?user_code=" + code + "&answer=allow");
        hears(ask(codes, "tv"), "authorization_pending");
        HttpResponse<String> forged =
                person.post(
                        Paths.DEVICE,
                        Map.of("user_code", code, "answer", "allow", "form", "x".repeat(43)));
        assertThat(forged.statusCode()).isEqualTo(403);
        hears(askLater(codes), "authorization_pending");
    }

    @Test
    void whoAsksTooOftenIsToldToSlowDownAndWaitsLongerEachTime() {
        JsonNode codes = codes("tv");
        hears(ask(codes, "tv"), "authorization_pending");
        clock.advance(Duration.ofSeconds(4));
        hears(ask(codes, "tv"), "slow_down");
        clock.advance(Duration.ofSeconds(9));
        hears(ask(codes, "tv"), "slow_down");
        clock.advance(Duration.ofSeconds(16));
        hears(ask(codes, "tv"), "authorization_pending");
    }

    @Test
    void theCodeOfOneDeviceIsWorthNothingAtAnotherAndNothingWhenItsTimeIsUp() {
        JsonNode codes = codes("tv");
        hears(ask(codes, "radio"), "invalid_grant");
        hears(ask(codes, "storefront"), "unauthorized_client");
        clock.advance(DeviceRequests.LIFE);
        hears(ask(codes, "tv"), "expired_token");
        String code = codes.path("user_code").asString("");
        assertThat(enters(comes("ana", code), code).statusCode()).isEqualTo(422);
    }

    @Test
    void whoGuessesCodesIsStoppedBeforeTheSixth() {
        HttpResponse<String> page = comes("bea", "");
        for (int i = 0; i < DeviceRequests.GUESSES_MAX; i++) {
            assertThat(enters(page, "BCDFGHJK").statusCode()).isEqualTo(422);
        }
        String code = codes("tv").path("user_code").asString("");
        HttpResponse<String> slow = enters(page, code);
        assertThat(slow.statusCode()).isEqualTo(429);
        assertThat(slow.headers().firstValue("Retry-After")).isPresent();
        clock.advance(DeviceRequests.LIFE.plusSeconds(1));
        code = codes("tv").path("user_code").asString("");
        assertThat(enters(page, code).statusCode()).isEqualTo(200);
    }

    @Test
    void whoHasNoRoleThatTheDeviceIsForCannotAllowIt() {
        JsonNode codes = codes("tv");
        String code = codes.path("user_code").asString("");
        HttpResponse<String> decide = enters(comes("cleo", code), code);
        assertThat(answers(decide, code, "allow").statusCode()).isEqualTo(403);
        hears(ask(codes, "tv"), "authorization_pending");
    }

    @Test
    void aLoginThatIsOverGivesTheDeviceNothing() {
        JsonNode codes = codes("tv");
        String code = codes.path("user_code").asString("");
        answers(enters(comes("ana", code), code), code, "allow");
        HttpResponse<String> out = person.get(Paths.LOGOUT);
        person.post(Paths.LOGOUT, Map.of("form", Browser.form(out)));
        hears(ask(codes, "tv"), "access_denied");
    }

    @Test
    void onlyDevicesThatAreDeclaredGetCodes() {
        Set<Map<String, String>> bad =
                Set.of(
                        Map.of("client_id", "page"),
                        Map.of("client_id", "storefront"),
                        Map.of("client_id", "nobody"),
                        Map.of(),
                        Map.of("client_id", "tv", "scope", "orders.ship"));
        for (Map<String, String> form : bad) {
            HttpResponse<String> answer = device.post(Paths.DEVICE_CODES, form);
            assertThat(answer.statusCode()).as(form.toString()).isIn(400, 401);
            assertThat(answer.body()).doesNotContain("device_code");
        }
        assertThat(device.get(Paths.DEVICE_CODES + "?client_id=tv").statusCode()).isEqualTo(405);
    }

    @Test
    void oneAddressKeepsOnlySoManyWaiting() {
        for (int i = 0; i < DeviceRequests.PER_ADDRESS_MAX; i++) {
            codes("tv");
        }
        assertThat(device.post(Paths.DEVICE_CODES, Map.of("client_id", "tv")).statusCode())
                .isEqualTo(429);
    }

    @Test
    void theMetadataSaysWhereAndOnlyWhereADeviceIsDeclared() {
        assertThat(device.get(Paths.SERVER_METADATA).body())
                .contains("\"device_authorization_endpoint\"", GRANT);
        house.blueprint.set(House.declared(House.SHOP));
        try {
            assertThat(device.get(Paths.SERVER_METADATA).body()).doesNotContain("device");
        } finally {
            house.blueprint.set(House.declared(House.SHOP + CLIENTS));
        }
    }
}
