package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ringwall.link.Operating;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People in the shop: a real browser, the real door, the real login page.
class StorefrontTest {

    private static final String PASSWORD = "quiet harbour lantern 7";

    @TempDir private static Path folder;

    private static ShopUnderTest shop;
    private static Chromium chromium;

    @BeforeAll
    static void openTheShop() throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> browser = Chromium.installed();
        assumeTrue(browser.isPresent(), "no browser is installed");
        shop = ShopUnderTest.start(folder);
        chromium = Chromium.start(browser.get(), shop);
        for (String name : List.of("ada", "bob", "eve", "kim")) {
            shop.operator()
                    .post(
                            Operating.ACCOUNTS,
                            new Operating.NewAccount(name, List.of("shopper"), PASSWORD),
                            Operating.CreatedAccount.class);
        }
    }

    @AfterAll
    static void closeTheShop() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void aPersonLogsInPlacesAnOrderSeesItAndLogsOut() {
        try (Visitor ada = chromium.visitor()) {
            ada.opens("/").logsIn("ada", PASSWORD);
            ada.button("Log out").waitFor();
            assertThat(ada.page().url()).doesNotContain("code=", "state=");

            String order = ada.orders("Mug, blue");
            assertThat(ada.page().locator("#facts").innerText())
                    .contains("paid", "12 Engine Row")
                    .doesNotContain("4242");
            ada.pictured("order").opens("/").looksFor(order);
            assertThat(ada.orderShown()).isEqualTo(order);

            ada.logsOut();
            assertThat(ada.complaints()).isEmpty();
            ada.looksFor(order);
            assertThat(ada.alert()).contains("Please log in first.");
        }
    }
}
