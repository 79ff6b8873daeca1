package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients ask of people who come by a provider of others, and what is shown to them.
class SsoQuestionsTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-29T12:00:00Z"));
    private Elsewhere acme;
    private House house;
    private Browser browser;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        acme = new Elsewhere(clock);
        house = House.in(folder, clock);
        house.secrets.put("acme-client", Elsewhere.SECRET);
        declare(", accounts: create");
        browser = house.browser();
    }

    @AfterEach
    void stop() {
        house.close();
        acme.close();
    }

    private void declare(String more) {
        house.blueprint.set(House.declared(Acme.declaration(acme, more)));
    }

    @Test
    void aClientThatWantsAFreshLoginGetsOneFromTheProviderToo() {
        Map<String, String> question = Browser.question();
        question.put("prompt", "login");
        String asked = Browser.location(browser.ask(question));
        String there =
                Browser.location(browser.get(asked.replace(Paths.LOGIN, Paths.SSO + "/acme")));
        assertThat(Browser.query(there)).containsEntry("prompt", "login");

        acme.claims =
                Map.of(
                        "groups", List.of("shop"),
                        "auth_time", clock.instant().minusSeconds(600).getEpochSecond());
        HttpResponse<String> stale = browser.get(acme.signIn(there));
        assertThat(stale.statusCode()).isEqualTo(403);
        assertThat(stale.body()).contains("did not ask you to sign in again");

        acme.claims =
                Map.of("groups", List.of("shop"), "auth_time", clock.instant().getEpochSecond());
        String again =
                Browser.location(browser.get(asked.replace(Paths.LOGIN, Paths.SSO + "/acme")));
        HttpResponse<String> fresh = browser.get(acme.signIn(again));
        assertThat(Browser.query(Browser.location(browser.get(Browser.location(fresh)))))
                .containsKey("code");
    }

    @Test
    void whenThePersonProvedItThereIsWhatTokensSay() {
        Instant proved = clock.instant().minusSeconds(3_000);
        acme.claims = Map.of("groups", List.of("shop"), "auth_time", proved.getEpochSecond());

        assertThat(Acme.claims(browser, acme).path("auth_time").asLong(0))
                .isEqualTo(proved.getEpochSecond());
    }

    @Test
    void theLoginPageOffersTheProviderAndGoesThereAtOnceWhereThereIsNoOtherWay() {
        assertThat(browser.get(Paths.LOGIN + Acme.question()).body())
                .contains("Sign in with acme")
                .contains("/auth/sso/acme?response_type=code");

        house.blueprint.set(
                House.declared(
                        Acme.declaration(acme, "")
                                + "clients: { desk: { kind: web, roles: [staff], return-to: [\"https://desk.example.com/\"] } }\n"));
        assertThat(
                        Browser.location(
                                browser.get(
                                        Paths.LOGIN
                                                + "?client_id=desk&redirect_uri=https%3A%2F%2Fdesk.example.com%2F")))
                .startsWith("/auth/sso/acme?client_id=desk");
    }

    @Test
    void whoSignsOutHereIsShownTheWayOutThere() {
        acme.metadata.put("end_session_endpoint", acme.issuer + "/over");
        Acme.claims(browser, acme);
        HttpResponse<String> page = browser.get(Paths.LOGOUT);

        HttpResponse<String> out = browser.post(Paths.LOGOUT, Map.of("form", Browser.form(page)));

        assertThat(out.body()).contains(acme.issuer + "/over?client_id=" + Elsewhere.CLIENT);
        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(303);
    }

    @Test
    void aLinkIsShownAndErasedWithTheRestOfWhatIsKeptOfAPerson() {
        Acme.claims(browser, acme);
        String name = "acme:Ana at Acme";

        assertThat(house.provider.directory().personalData().of(name, House.OPERATOR).toString())
                .contains("outside_link")
                .contains("u-17");
        house.provider.directory().personalData().erase(name, House.OPERATOR);

        assertThat(browser.get(Paths.ACCOUNT).statusCode()).isEqualTo(303);
        assertThat(house.provider.directory().byProvider().links().ofName(name)).isEmpty();
    }
}
