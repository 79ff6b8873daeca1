package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.people.Account;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What clients that register themselves know people by (OpenID Connect Dynamic Client Registration 1.0 §2 `subject_type`, §5).
class RegisteredSubjectsTest {

    private static final String METADATA = "invalid_client_metadata";

    @TempDir Path folder;
    private House house;
    private Registering programs;
    private Account ana;

    @BeforeEach
    void start() {
        house = House.in(folder);
        house.blueprint.set(House.declared(House.SHOP + Registering.INVITED));
        ana = house.account("ana", "shopper");
        programs = Registering.at(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static Map<String, Object> page(String type, String... redirects) {
        Map<String, Object> says = Registering.page();
        says.put("subject_type", type);
        if (redirects.length > 0) {
            says.put("redirect_uris", List.of(redirects));
        }
        return says;
    }

    private JsonNode claims(JsonNode client) {
        HttpResponse<String> bought = Registering.bought(house.browser(), client);
        assertThat(bought.statusCode()).as(bought.body()).isEqualTo(200);
        return Browser.claims(Browser.json(bought).path("access_token").asString());
    }

    @Test
    void aClientThatAsksForIdsOfItsOwnGetsThoseOfItsHost() {
        JsonNode client = programs.registered(page("pairwise"));
        assertThat(client.path("subject_type").asString()).isEqualTo("pairwise");
        JsonNode claims = claims(client);
        assertThat(claims.path("sub").asString())
                .isEqualTo(new HousePairwise().subject("app.example.com", ana.id()));
        assertThat(claims.toString()).doesNotContain(ana.id());
        assertThat(HousePairwise.opened(claims.path(Subjects.SEALED).asString()).getSubject())
                .isEqualTo(ana.id());
        house.restart();
        assertThat(
                        Browser.json(programs.of(client, "GET", Map.of()))
                                .path("subject_type")
                                .asString())
                .isEqualTo("pairwise");
    }

    @Test
    void aClientThatAsksForNothingOrForTheSameIdsAsEveryoneGetsThose() {
        assertThat(programs.registered(Registering.page()).path("subject_type").asString())
                .isEqualTo("public");
        JsonNode client = programs.registered(page("public"));
        assertThat(claims(client).path("sub").asString()).isEqualTo(ana.id());
    }

    @Test
    void whereItIsNotClearWhoseTheIdsWouldBeThereAreNone() {
        for (Map<String, Object> says :
                List.of(
                        page("pairwise", Registering.BACK, "https://other.example.com/back"),
                        with(
                                page("pairwise", "http://127.0.0.1/back"),
                                "application_type",
                                "native"),
                        with(
                                page("pairwise", "com.example.app:/back"),
                                "application_type",
                                "native"),
                        with(
                                page("pairwise"),
                                "sector_identifier_uri",
                                "https://app.example.com/s"),
                        page("own"))) {
            Registering.refused(programs.register(says, programs.invitation(1)), 400, METADATA);
        }
        assertThat(
                        programs.registered(
                                        page(
                                                "pairwise",
                                                Registering.BACK,
                                                "https://app.example.com:8443/other"))
                                .path("subject_type")
                                .asString())
                .isEqualTo("pairwise");
    }

    private static Map<String, Object> with(Map<String, Object> says, String member, String value) {
        says.put(member, value);
        return says;
    }

    @Test
    void peopleAreAskedAgainWhereItWantsToKnowThemByOtherIds() {
        JsonNode client = programs.registered(page("pairwise"));
        claims(client);
        Map<String, Object> wider = page("public");
        wider.put("client_id", client.path("client_id").asString());
        assertThat(programs.of(client, "PUT", wider).statusCode()).isEqualTo(200);
        assertThat(Registering.consent(house.browser(), client)).startsWith(Paths.CONSENT);
    }
}
