package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Twenty kinds of bad declarations, none of which starts anything.
class BadDeclarationTest {

    private static final String GOOD =
            """
            ringwall: 1
            system: shop
            data:
              order: { class: internal, keep: 7y }
            roles:
              shopper: { login: password, session: 8h }
            services:
              orders:
                run: touch started
                stores: { sqlite: [order] }
                operations:
                  read: { http: "GET /orders/{id}", allow: shopper, returns: [order] }
                calls: [billing.charge]
              billing:
                run: touch started
                operations:
                  charge: { http: POST /charges, accepts: [order] }
            """;

    @TempDir private Path folder;

    static Stream<Arguments> badOnes() {
        return Stream.of(
                bad("not YAML", "system: shop", "system: [shop", "ringwall.yaml:", "expected"),
                bad("a tab for indentation", "  order:", "\torder:", ":4:", "tab"),
                bad("an unknown key", "keep: 7y", "kepp: 7y", ":4:", "keep"),
                bad("a key twice", "system: shop", "system: shop\nsystem: other", ":3:", "system"),
                bad("another version", "ringwall: 1", "ringwall: 2", ":1:", "1"),
                bad("no version", "ringwall: 1\n", "", "ringwall.yaml:", "ringwall"),
                bad("a name that is none", "system: shop", "system: My Shop!", ":2:", "system"),
                bad("a word that is none", "class: internal", "class: intern", ":4:", "internal"),
                bad(
                        "a role that is not there",
                        "allow: shopper",
                        "allow: shoper",
                        ":12:",
                        "shopper"),
                bad(
                        "data that is not there",
                        "returns: [order]",
                        "returns: [ordr]",
                        ":12:",
                        "order"),
                bad("a call to nothing", "[billing.charge]", "[billing.chrge]", ":13:", "charge"),
                bad("a path that is none", "GET /orders/{id}", "GET orders", ":12:", "/"),
                bad("a method that is none", "GET /orders/{id}", "FETCH /orders", ":12:", "GET"),
                bad("a time that is none", "session: 8h", "session: 8 bells", ":6:", "8h"),
                bad(
                        "a condition that does not compile",
                        "returns: [order] }",
                        "returns: [order], when: \"caller.idd == 1\" }",
                        ":12:",
                        "when"),
                bad(
                        "a limit that is none",
                        "returns: [order] }",
                        "returns: [order], limit: many }",
                        ":12:",
                        "limit"),
                bad(
                        "two operations at one place",
                        "    calls: [billing.charge]",
                        "      again: { http: \"GET /orders/{number}\", allow: shopper, returns: [order] }\n    calls: [billing.charge]",
                        ":13:",
                        "/orders/"),
                bad(
                        "two values where one belongs",
                        "login: password",
                        "login: [password, api-key]",
                        ":6:",
                        "login"),
                bad(
                        "a control that nothing enforces yet",
                        "login: password",
                        "login: sso",
                        ":6:",
                        "sso"),
                bad(
                        "aliases that explode",
                        "system: shop",
                        "system: &a shop\nnope: [*a, *a]",
                        ":2:",
                        "alias"));
    }

    private static Arguments bad(
            String kind, String good, String wrong, String place, String explained) {
        assertThat(GOOD).contains(good);
        return argumentSet(kind, GOOD.replaceFirst(quote(good), wrong), place, explained);
    }

    private static String quote(String text) {
        return java.util.regex.Pattern.quote(text);
    }

    @ParameterizedTest
    @MethodSource("badOnes")
    void aBadDeclarationStartsNothingAndSaysWhereAndWhy(String text, String place, String explained)
            throws IOException {
        Path file = Files.writeString(folder.resolve("ringwall.yaml"), text);

        for (ShopUnderTest.Ended ended :
                new ShopUnderTest.Ended[] {
                    ShopUnderTest.run("up", file.toString(), "--door", "0", "--control", "0"),
                    ShopUnderTest.run("control", file.toString(), "--listen", "127.0.0.1:0")
                }) {
            assertThat(ended.exitCode()).isEqualTo(Exit.UNUSABLE);
            assertThat(ended.err())
                    .contains(place)
                    .containsIgnoringCase(explained)
                    .contains("nothing was started")
                    .doesNotContain("Exception", "\tat ");
            assertThat(ended.out()).isEmpty();
        }
        assertThat(folder).as("no state, nothing started").isDirectoryNotContaining(other(file));
        assertThat(ShopUnderTest.run("check", file.toString()).exitCode())
                .isIn(Exit.FINDINGS, Exit.UNUSABLE);
    }

    @Test
    void theGoodOneThatTheyWereMadeFromHasNoErrors() throws IOException {
        Path file = Files.writeString(folder.resolve("ringwall.yaml"), GOOD);

        assertThat(Loading.of(file).declared()).isPresent();
    }

    private static java.util.function.Predicate<Path> other(Path file) {
        return path -> !path.equals(file);
    }
}
