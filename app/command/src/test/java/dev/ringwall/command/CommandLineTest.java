package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that need no running system, as a terminal would run them: what they print where, and how they end.
final class CommandLineTest {

    private static final String SHOP =
            Path.of("..", "..", "examples", "shop", "ringwall.yaml").toString();

    @TempDir Path folder;

    private static ShopUnderTest.Ended run(String... arguments) {
        return ShopUnderTest.run(arguments);
    }

    @Test
    void aloneItListsTheCommandsAndSaysWhereToBegin() {
        ShopUnderTest.Ended alone = run();

        assertThat(alone.exitCode()).isZero();
        assertThat(alone.out()).contains("Commands:", "Begin with:", "ringwall demo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    chekc                        | there is no command `chekc`; did you mean `check`?
                    frobnicate                   | there is no command `frobnicate`; there are check, can,
                    check --outptu json          | there is no option `--outptu`; did you mean `--output`?
                    check -o xml                 | expected one of [text, json, sarif]
                    who-can                      | missing required parameter: 'DATA'
                    rotate now                   | there is no command `now`; there are
                    status now                   | `now` is one argument too many
                    user                         | which of them? add, disable, erase, export, factors, import, invite, links, list, password, sessions
                    user lst                     | did you mean `list`?
                    check nowhere/ringwall.yaml  | there is no file `nowhere/ringwall.yaml`; write a first one with `ringwall init`
                    check src                    | `src` is a folder without a ringwall.yaml
                    plan pom.xlm pom.xml         | there is no file `pom.xlm`; did you mean `pom.xml`?
                    init --from nowhere.yml      | there is no file `nowhere.yml`
                    status --state nowhere       | is not the state folder of a system that was started; start one with `ringwall up`
                    token --as x --state nowhere | was the system started with `ringwall up`?
                    audit verify --log x --key y | there is no file `y`
                    """)
    void whatCannotBeUsedIsSaidOnStandardErrorWithARemedy(String arguments, String complaint) {
        ShopUnderTest.Ended ended = run(arguments.split(" "));

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(Exit.UNUSABLE);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("ringwall: ").contains(complaint);
    }

    @Test
    void aSoundDeclarationIsFineAndABadOneIsAFinding() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "ringwall: 1\nsystme: shop\n");

        ShopUnderTest.Ended fine = run("check", SHOP);
        ShopUnderTest.Ended findings = run("check", bad.toString());

        assertThat(fine.exitCode()).as(fine.out()).isZero();
        assertThat(fine.out()).contains("loads  0 errors");
        assertThat(findings.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(findings.out()).contains("bad.yaml:2:1", "systme", "does not load");
    }

    @Test
    void severalDeclarationsAreCheckedAtOnceAndNamedAsTheyWereGiven() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "ringwall: 1\n");

        ShopUnderTest.Ended both = run("check", SHOP, bad.toString(), "-o", "json");
        ShopUnderTest.Ended sarif = run("check", bad.toString(), "-o", "sarif");

        assertThat(both.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(both.out()).startsWith("{").contains(bad.toString());
        assertThat(sarif.out()).contains("\"2.1.0\"", "bad.yaml");
        assertThat(sarif.exitCode()).isEqualTo(Exit.FINDINGS);
    }

    @Test
    void canAnswersWithTheLineThatDecides() {
        ShopUnderTest.Ended yes = run("can", "shopper", "orders.place", "-f", SHOP);
        ShopUnderTest.Ended no = run("can", "shopper", "orders.ship", "-f", SHOP);
        ShopUnderTest.Ended json = run("can", "shopper", "orders.ship", "-f", SHOP, "-o", "json");
        ShopUnderTest.Ended slip = run("can", "shoper", "orders.ship", "-f", SHOP);

        assertThat(yes.exitCode()).isZero();
        assertThat(yes.out())
                .startsWith("yes  shopper may orders.place")
                .contains("ringwall.yaml:");
        assertThat(no.exitCode()).isEqualTo(Exit.FINDINGS);
        assertThat(no.out()).startsWith("no ").contains("write `allow: [shopper, warehouse]`");
        assertThat(json.out()).contains("\"may\":false");
        assertThat(slip.exitCode()).isEqualTo(Exit.UNUSABLE);
        assertThat(slip.err()).contains("did you mean `shopper`?");
    }

    @Test
    void whoCanNamesEveryWayAndGuessesTheKindOfDataThatWasMeant() {
        ShopUnderTest.Ended ways = run("who-can", "contact", "-f", SHOP);
        ShopUnderTest.Ended slip = run("who-can", "cntact", "-f", SHOP);

        assertThat(ways.exitCode()).isZero();
        assertThat(ways.out()).startsWith("KIND").contains("clerk", "orders.read");
        assertThat(run("who-can", "contact", "-f", SHOP, "-o", "json").out())
                .contains("\"data\":\"contact\"");
        assertThat(slip.err()).contains("did you mean `contact`?");
    }

    @Test
    void planTellsWhatBecomesLooser() throws IOException {
        Path old = declaration("old.yaml", "clerk");
        Path next = declaration("next.yaml", "[clerk, shopper]");

        ShopUnderTest.Ended looser = run("plan", old.toString(), next.toString());

        assertThat(looser.exitCode()).as(looser.err()).isEqualTo(Exit.FINDINGS);
        assertThat(looser.out()).contains("shopper gains a.read");
        assertThat(run("plan", next.toString(), old.toString()).exitCode()).isZero();
        assertThat(run("plan", old.toString(), old.toString()).out())
                .isEqualTo("both mean the same\n");
        assertThat(run("plan", old.toString(), next.toString(), "-o", "json").out())
                .contains("\"direction\":\"looser\"");
    }

    private Path declaration(String name, String allow) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                """
                ringwall: 1
                system: small
                data: { note: { class: internal } }
                roles:
                  clerk: { login: password, session: 1h }
                  shopper: { login: password, session: 1h }
                services:
                  a:
                    url: http://127.0.0.1:9
                    operations:
                      read: { http: GET /notes, allow: %s, returns: [note], limit: 10/min per caller }
                """
                        .formatted(allow));
    }

    @Test
    void aReaderWhoLeavesEarlyIsNoError() {
        Screen broken =
                new Screen(
                        new PrintStream(new ClosedPipe(), true, StandardCharsets.UTF_8),
                        new PrintStream(PrintStream.nullOutputStream()),
                        false);

        assertThat(Ringwall.run(broken, "who-can", "contact", "-f", SHOP)).isZero();
        assertThat(Ringwall.run(broken, "--help")).isZero();
    }
}
