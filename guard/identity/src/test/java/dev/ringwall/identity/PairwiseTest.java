package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.ringwall.people.Account;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients that know people by ids of their own (OpenID Connect Core §8).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PairwiseTest {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private HttpServer told;
    private House house;
    private PairwiseClients clients;
    private Account ana;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        told = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        told.createContext(
                "/",
                exchange -> {
                    heard.add(
                            exchange.getRequestURI().getPath()
                                    + " "
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        told.start();
        String at = "http://localhost:" + told.getAddress().getPort();
        house = House.in(folder);
        house.blueprint.set(
                House.declared(
                        House.SHOP
                                + """
                                clients:
                                  print: { kind: web, roles: [shopper], return-to: ["https://print.example.com/back"], subject: pairwise, logout: { back-channel: "AT/print", front-channel: "https://print.example.com/bye" } }
                                  album: { kind: web, roles: [shopper], return-to: ["https://album.example.com/back"], subject: pairwise, acts-for: [shopper], logout: { back-channel: "AT/album", front-channel: "https://album.example.com/bye" } }
                                  frame: { kind: web, roles: [shopper], return-to: ["https://frame.example.net/back"], subject: pairwise, sector: print.example.com, acts-for: [shopper] }
                                  plain: { kind: web, roles: [shopper], return-to: ["https://plain.example.com/back"], acts-for: [shopper] }
                                """
                                        .replace("AT", at)));
        ana = house.account("ana", "shopper");
        clients =
                new PairwiseClients(
                        house,
                        Map.of(
                                "print", "https://print.example.com/back",
                                "album", "https://album.example.com/back",
                                "frame", "https://frame.example.net/back",
                                "plain", "https://plain.example.com/back"));
    }

    @AfterAll
    void stop() {
        house.close();
        told.stop(0);
    }

    @BeforeEach
    void freshBrowser() {
        heard.clear();
        browser = house.browser();
    }

    @Test
    void twoClientsOfDifferentSectorsFindNothingInCommonInWhatTheyAreTold() {
        Set<String> print = clients.everything("print", clients.bought(browser, "print"));
        Set<String> album = clients.everything("album", clients.bought(browser, "album"));
        assertThat(print).doesNotContainAnyElementsOf(album);
        assertThat(print.toString() + album)
                .doesNotContain(ana.id())
                .doesNotContain("\"ana\"")
                .doesNotContain(String.valueOf(browser.cookies.get(SessionCookie.NAME)));
        Set<String> plain = clients.everything("plain", clients.bought(browser, "plain"));
        assertThat(plain).contains("\"" + ana.id() + "\"", "\"ana\"");
    }

    @Test
    void everythingThatAClientIsToldIsOfOneId() {
        JsonNode bought = clients.bought(browser, "print");
        String sub = PairwiseClients.claims(bought).path("sub").asString();
        String sid = PairwiseClients.claims(bought).path("sid").asString();
        JsonNode idToken = Browser.claims(bought.path("id_token").asString());
        assertThat(idToken.path("sub").asString()).isEqualTo(sub);
        assertThat(idToken.path("sid").asString()).isEqualTo(sid);
        assertThat(clients.userInfo(PairwiseClients.access(bought)).path("sub").asString())
                .isEqualTo(sub);
        assertThat(clients.userInfo(PairwiseClients.access(bought)).has("preferred_username"))
                .isFalse();
        for (String client : new String[] {"print", "album", "plain"}) {
            JsonNode told = clients.introspected(client, PairwiseClients.access(bought));
            assertThat(told.path("sub").asString()).isEqualTo(sub);
            assertThat(told.path("sid").asString()).isEqualTo(sid);
            assertThat(told.has(Subjects.SEALED)).isFalse();
        }
    }

    @Test
    void anIdIsTheSameInTheNextLoginAndAtTheOtherClientsOfItsSector() {
        JsonNode first = PairwiseClients.claims(clients.bought(browser, "print"));
        JsonNode frame = PairwiseClients.claims(clients.bought(browser, "frame"));
        assertThat(frame.path("sub")).isEqualTo(first.path("sub"));
        assertThat(frame.path("sid")).isEqualTo(first.path("sid"));
        browser = house.browser();
        JsonNode later = PairwiseClients.claims(clients.bought(browser, "print"));
        assertThat(later.path("sub")).isEqualTo(first.path("sub"));
        assertThat(later.path("sid")).isNotEqualTo(first.path("sid"));
    }

    @Test
    void gatewaysAreToldWhoItIsInEachTokenAnewAndForThatTokenAlone() {
        JsonNode plain = PairwiseClients.claims(clients.bought(browser, "plain"));
        JsonNode bought = clients.bought(browser, "print");
        JsonNode claims = PairwiseClients.claims(bought);
        String sealed = claims.path(Subjects.SEALED).asString();
        JWTClaimsSet says = HousePairwise.opened(sealed);
        assertThat(says.getSubject()).isEqualTo(ana.id());
        assertThat(says.getClaim("sid")).isEqualTo(plain.path("sid").asString());
        assertThat(says.getJWTID()).isEqualTo(claims.path("jti").asString());
        assertThat(says.getClaim("client_id")).isEqualTo("print");
        assertThat(plain.has(Subjects.SEALED)).isFalse();
        JsonNode renewed =
                PairwiseClients.claims(
                        clients.ask(
                                "print",
                                Paths.TOKEN,
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        bought.path("refresh_token").asString())));
        assertThat(renewed.path("sub")).isEqualTo(claims.path("sub"));
        assertThat(renewed.path(Subjects.SEALED)).isNotEqualTo(claims.path(Subjects.SEALED));
        assertThat(HousePairwise.opened(renewed.path(Subjects.SEALED).asString()).getJWTID())
                .isEqualTo(renewed.path("jti").asString());
    }

    private String answer(String client, String... more) {
        Map<String, String> query =
                Browser.query(Browser.location(browser.ask(clients.question(client, more))));
        return query.containsKey("code") ? "code" : query.getOrDefault("error", "");
    }

    @Test
    void aClientAsksAboutPeopleByItsOwnIdsAndLearnsNothingByOthers() {
        JsonNode print = clients.bought(browser, "print");
        JsonNode album = clients.bought(browser, "album");
        String hint = print.path("id_token").asString();
        assertThat(answer("print", "id_token_hint", hint, "prompt", "none")).isEqualTo("code");
        assertThat(answer("album", "id_token_hint", hint, "prompt", "none"))
                .isEqualTo(HintRule.LOGIN_REQUIRED);
        String about = "{\"id_token\":{\"sub\":{\"value\":\"%s\"}}}";
        String own = about.formatted(PairwiseClients.claims(print).path("sub").asString());
        assertThat(answer("print", "claims", own)).isEqualTo("code");
        assertThat(answer("album", "claims", own)).isEqualTo(HintRule.LOGIN_REQUIRED);
        assertThat(answer("print", "claims", about.formatted(ana.id())))
                .isEqualTo(HintRule.LOGIN_REQUIRED);
        assertThat(answer("plain", "claims", about.formatted(ana.id()))).isEqualTo("code");
        assertThat(PairwiseClients.claims(album).path("sub"))
                .isNotEqualTo(PairwiseClients.claims(print).path("sub"));
    }

    @Test
    void nobodyExchangesATokenForOneThatNamesThePersonOtherwise() {
        JsonNode print = clients.bought(browser, "print");
        JsonNode plain = clients.bought(browser, "plain");
        assertThat(clients.exchange("album", print).statusCode()).isEqualTo(400);
        assertThat(clients.exchange("plain", print).statusCode()).isEqualTo(400);
        assertThat(clients.exchange("frame", plain).statusCode()).isEqualTo(400);
        HttpResponse<String> within = clients.exchange("frame", print);
        assertThat(within.statusCode()).as(within.body()).isEqualTo(200);
        JsonNode acting = PairwiseClients.claims(Browser.json(within));
        assertThat(acting.path("sub")).isEqualTo(PairwiseClients.claims(print).path("sub"));
        assertThat(HousePairwise.opened(acting.path(Subjects.SEALED).asString()).getSubject())
                .isEqualTo(ana.id());
        assertThat(clients.exchange("plain", plain).statusCode()).isEqualTo(200);
    }

    @Test
    void aClientIsToldOfTheEndOfALoginByItsOwnIds() throws InterruptedException, ParseException {
        Map<String, JsonNode> known =
                Map.of(
                        "print",
                        PairwiseClients.claims(clients.bought(browser, "print")),
                        "album",
                        PairwiseClients.claims(clients.bought(browser, "album")));
        HttpResponse<String> page = browser.get(Paths.LOGOUT);
        String left = browser.post(Paths.LOGOUT, Map.of("form", Browser.form(page))).body();
        for (String client : known.keySet()) {
            Matcher frame =
                    Pattern.compile(client + "\\.example\\.com/bye\\?[^\"]*sid=([A-Za-z0-9_-]+)")
                            .matcher(left);
            assertThat(frame.find()).as(left).isTrue();
            assertThat(frame.group(1))
                    .isEqualTo(String.valueOf(known.get(client).path("sid").asString()));
        }
        for (int i = 0; i < known.size(); i++) {
            String said = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(said).isNotNull();
            String client = said.substring(1, said.indexOf(' '));
            JWTClaimsSet claims =
                    SignedJWT.parse(
                                    URLDecoder.decode(
                                            said.substring(said.indexOf('=') + 1),
                                            StandardCharsets.UTF_8))
                            .getJWTClaimsSet();
            JsonNode before = known.get(client);
            assertThat(before).isNotNull();
            assertThat(claims.getSubject()).isEqualTo(before.path("sub").asString());
            assertThat(claims.getClaim("sid")).isEqualTo(before.path("sid").asString());
            assertThat(claims.toString()).doesNotContain(ana.id());
        }
    }

    @Test
    void theMetadataSayThatThereAreSuchIds() {
        assertThat(
                        Browser.json(browser.get("/auth/.well-known/openid-configuration"))
                                .path("subject_types_supported")
                                .toString())
                .isEqualTo("[\"public\",\"pairwise\"]");
    }
}
