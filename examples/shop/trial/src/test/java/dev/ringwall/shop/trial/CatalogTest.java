package dev.ringwall.shop.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogTest {

    /// Generous, for machines that are busy; on an idle one it is around half of that.
    private static final Duration START_MAX = Duration.ofSeconds(3);

    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*src=)|javascript:");

    private Running catalog;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        catalog = Running.catalog(data);
    }

    @AfterAll
    void end() {
        catalog.close();
    }

    @Test
    void aNewCatalogHasSixProducts() {
        assertThat(catalog.get("/products").json().path("products")).hasSize(6);
    }

    @Test
    void startingTakesLittle() {
        assertThat(catalog.processorTime()).isLessThan(START_MAX);
    }

    @Test
    void whoeverIsNotTheSidecarIsRefused() {
        assertThat(catalog.send("GET", "/products", "", Map.of()).status()).isEqualTo(403);
        assertThat(catalog.send("GET", "/products", "", Map.of("Ringwall-Entry", "guess")).json())
                .isEqualTo(catalog.send("PUT", "/products/mug", "{}", Map.of()).json());
        assertThat(catalog.send("POST", "/livez", "", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void whetherItLivesAnyoneMayAsk() {
        assertThat(catalog.send("GET", "/livez", "", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertThat(catalog.call("PUT", "/products/mug", "name=Mug", "clara").status())
                .isEqualTo(400);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        assertThat(
                        catalog.call("PUT", "/products/mug", " ".repeat((1 << 20) + 1), "clara")
                                .status())
                .isEqualTo(413);
    }

    @Test
    void anEditOutlivesBeingKilled(@TempDir Path data) throws IOException {
        String edit = "{\"name\":\"Mug, green\",\"price\":1350}";
        try (Running first = Running.catalog(data)) {
            assertThat(first.call("PUT", "/products/mug", edit, "clara").status()).isEqualTo(200);
        }
        try (Running second = Running.catalog(data)) {
            assertThat(second.get("/products").json().path("products"))
                    .hasSize(6)
                    .anySatisfy(product ->
                            assertThat(product.path("name").asString()).isEqualTo("Mug, green"));
        }
    }

    @Test
    void thePageRunsNothingButItsOwnFiles() {
        Running.Answer page = catalog.get("/");

        assertThat(page.headers().get("content-security-policy"))
                .startsWith("default-src 'none';")
                .contains("script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(page.body()).doesNotContainPattern(INLINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"icon.svg", "shop.css", "shop.js", "sign-in.js"})
    void whatThePageIsMadeOfIsServed(String file) {
        Running.Answer asset = catalog.get("/assets/" + file);

        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.headers()).containsEntry("x-content-type-options", "nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "Catalog.class",
                "../catalog.db",
                "..%2fCatalog.class",
                "%2e%2e/Catalog.class",
                "",
                "shop.css/"
            })
    void nothingElseIsServed(String file) {
        assertThat(catalog.get("/assets/" + file).status()).isEqualTo(404);
    }
}
