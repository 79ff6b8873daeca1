package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.attack.Credential;
import dev.ringwall.attack.LoginClient;
import dev.ringwall.attack.LoginFlow;
import dev.ringwall.attack.Target;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.link.Operating;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that knows people by ids of its own, at a running system: what it is told names nobody, and what it calls is decided by the account.
class PairwiseClientTest {

    private static final String PASSWORD = "quiet harbour lantern 7";
    private static final int TRIES_MAX = 100;
    private static final long PAUSE_MILLIS = 100;

    private static final String DECLARATION =
            """
            ringwall: 1
            system: pairs
            data:
              note: { class: personal, keep: 1y, purpose: notes }
            roles:
              reader: { login: password }
            services:
              notes:
                url: http://127.0.0.1:@PORT@
                operations:
                  own: { http: "GET /notes/{owner}", allow: [reader], returns: [note], when: "request.params.owner == caller.id" }
            clients:
              print: { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], subject: pairwise, sector: print.example.com }
              album: { kind: native, roles: [reader], return-to: ["http://127.0.0.1/callback"], subject: pairwise, sector: album.example.com }
            """;

    @TempDir private static Path folder;

    private static NotesUnderTest notes;
    private static Operating.CreatedAccount ana;
    private static Operating.CreatedAccount ben;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        notes = NotesUnderTest.declaring(folder, DECLARATION);
        ana = account("ana");
        ben = account("ben");
    }

    @AfterAll
    static void stop() throws IOException {
        notes.close();
    }

    private static Operating.CreatedAccount account(String name) {
        return notes.operator()
                .post(
                        Operating.ACCOUNTS,
                        new Operating.NewAccount(name, List.of("reader"), PASSWORD),
                        Operating.CreatedAccount.class);
    }

    /// Somebody signs in at that client.
    private static String token(String client, String name) throws IOException {
        Target all =
                Targets.of(notes.state(), notes.operator(), notes.system().declared().blueprint());
        Target target =
                new Target(
                        all.blueprint(),
                        all.door(),
                        all.authority(),
                        all.issuer(),
                        Optional.of(
                                new LoginClient(
                                        client, URI.create("http://127.0.0.1:4711/callback"))),
                        Map.of(),
                        all.standIns(),
                        all.legitimacy(),
                        Optional.empty());
        LoginFlow.Outcome outcome =
                LoginFlow.at(target)
                        .signIn(new Credential.Password(name, PASSWORD), "openid notes.own");
        if (outcome instanceof LoginFlow.Outcome.Tokens tokens) {
            return tokens.access();
        }
        throw new AssertionError(outcome);
    }

    private static DoorCall.Answer reads(String token, String owner) {
        return DoorCall.of(notes.system().declared().blueprint(), "notes.own", List.of(owner), null)
                .send(notes.state(), notes.door(), token);
    }

    private static String said(String token) {
        return new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private static String why(DoorCall.Answer answer) {
        return ShopUnderTest.run(
                        "why", answer.request(), "--state", notes.state().path().toString())
                .out();
    }

    private static boolean becomes(BooleanSupplier wanted) throws InterruptedException {
        for (int i = 0; i < TRIES_MAX && !wanted.getAsBoolean(); i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return wanted.getAsBoolean();
    }

    @Test
    void itsCallsAreDecidedByTheAccountAndTheLogNamesThat()
            throws IOException, InterruptedException {
        String token = token("print", "ana");
        assertThat(said(token)).doesNotContain(ana.id()).doesNotContain("\"ana\"");

        DoorCall.Answer hers = reads(token, ana.id());
        DoorCall.Answer his = reads(token, ben.id());

        assertThat(hers.status()).as(hers.body()).isEqualTo(200);
        assertThat(his.status()).as(his.body()).isEqualTo(403);
        assertThat(his.body()).contains("condition-failed").doesNotContain(ana.id());
        assertThat(becomes(() -> why(his).contains(ana.id()))).as(why(his)).isTrue();
        assertThat(why(hers)).contains(ana.id());
    }

    @Test
    void twoClientsAreToldDifferentIdsAndBothAreLetInAsTheSamePerson() throws IOException {
        String print = token("print", "ana");
        String album = token("album", "ana");

        assertThat(claim(print, "sub")).isNotEqualTo(claim(album, "sub"));
        assertThat(claim(print, "sid")).isNotEqualTo(claim(album, "sid"));
        assertThat(claim(token("print", "ana"), "sub")).isEqualTo(claim(print, "sub"));
        assertThat(reads(print, ana.id()).status()).isEqualTo(200);
        assertThat(reads(album, ana.id()).status()).isEqualTo(200);
    }

    private static String claim(String token, String name) {
        String all = said(token);
        int at = all.indexOf("\"" + name + "\":\"") + name.length() + 4;
        return all.substring(at, all.indexOf('"', at));
    }

    @Test
    void whoSignsOutIsOutWithTheClientsTokensToo() throws IOException, InterruptedException {
        String token = token("print", "ben");
        assertThat(reads(token, ben.id()).status()).isEqualTo(200);

        notes.operator()
                .post(
                        Operating.ACCOUNTS_LOGINS_END,
                        new Operating.EndLogins("ben", null),
                        Operating.Ended.class);

        assertThat(becomes(() -> reads(token, ben.id()).body().contains("token-revoked"))).isTrue();
    }

    @Test
    void keysRotateAndNobodyNotices() throws IOException, InterruptedException {
        String before = token("print", "ana");
        Thread.sleep(TokenKeys.AHEAD); // else it is refused: everyone must know the next keys
        notes.operator().post(Operating.ROTATE, new Operating.Named("token-keys"));
        String after = token("print", "ana");

        assertThat(reads(after, ana.id()).status()).isEqualTo(200);
        assertThat(reads(before, ana.id()).status()).isEqualTo(200);
        assertThat(claim(after, "sub")).isEqualTo(claim(before, "sub"));
    }
}
