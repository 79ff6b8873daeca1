package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.link.HealthServer;
import dev.ringwall.link.Messages;
import dev.ringwall.link.Operating;
import dev.ringwall.model.Blueprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The shop while its declaration changes, and how it tells its state.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangingShopTest {

    private static final String REVIEWS =
            """
              reviews:
                run: java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar catalog/target/catalog.jar
                operations:
                  all: { http: GET /reviews, allow: anyone }
            """;

    @TempDir private static Path folder;

    private static ShopUnderTest shop;
    private static HealthServer health;
    private static Blueprint withReviews;
    private static String readyBefore = "";

    @BeforeAll
    static void startTheShop() throws IOException, InterruptedException {
        health =
                HealthServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        RunningSystem.PARTS);
        readyBefore = ask("/readyz");
        shop = ShopUnderTest.start(folder);
        shop.system().watchedBy(health);
    }

    @AfterAll
    static void stopTheShop() throws IOException {
        shop.close();
        health.close();
    }

    @Test
    @Order(1)
    void itIsReadyWhenItsPartsAreAndNotBefore() throws Exception {
        assertThat(readyBefore)
                .startsWith("503")
                .contains("control: has not started yet", "node: has not started yet");
        assertThat(ask("/readyz")).isEqualTo("200 ready\n");
        assertThat(ask("/livez")).startsWith("200");
    }

    @Test
    @Order(1)
    void everyLineOfTheMetricsIsPrometheus() throws Exception {
        shop.call("catalog.list", List.of(), null);

        String metrics = ask("/metrics");

        assertThat(metrics)
                .contains(
                        "ringwall_control_tree_size ",
                        "ringwall_control_identity_acts_total{act=",
                        "ringwall_bundle_number ",
                        "ringwall_calls_total{",
                        "jvm_memory_used_bytes{area=\"heap\"}");
        assertThat(metrics.substring("200 ".length()).lines())
                .allMatch(line ->
                        line.startsWith("# ")
                                || line.matches(
                                        "[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)*})? [0-9.eE+-]+|.*(NaN|\\+Inf).*"));
        assertThat(
                        metrics.lines()
                                .filter(line -> line.startsWith("# TYPE "))
                                .map(line -> line.split(" ", -1)[2]))
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(1)
    void statusShowsTheNodeAndWhatItCarries() throws Exception {
        await(() -> status("TEXT").contains("seen "));

        assertThat(status("TEXT"))
                .contains("node      gateway  carries gateway, catalog, orders, payments")
                .contains("certificate  orders  ")
                .contains("spool ");
        assertThat(status("JSON")).contains("\"carries\":[\"gateway\",\"catalog\"");
    }

    @Test
    @Order(7)
    void aProgramThatEndsByItselfIsStartedAgain() throws Exception {
        ProcessHandle catalog =
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("catalog"))
                        .findFirst()
                        .orElseThrow();

        catalog.destroyForcibly();
        catalog.onExit().join();

        await(() -> shop.call("catalog.list", List.of(), null).status() == 200);
        await(() -> ask("/readyz").startsWith("200"));
    }

    @Test
    @Order(2)
    void aServiceThatIsDeclaredLaterIsStartedAndReached() throws Exception {
        var sidecars = shop.system().node().sidecars();
        String declaration = Files.readString(declaration());

        publish(declaration.replace("\nthird-parties:", "\n" + REVIEWS + "\nthird-parties:"));

        withReviews = Loading.of(declaration()).declared().orElseThrow().blueprint();
        await(() -> reviews().status() == 404 && !reviews().body().contains("\"reason\""));
        assertThat(shop.system().node().sidecars()).containsAllEntriesOf(sidecars);
        assertThat(starts("catalog")).isEqualTo(1);
        assertThat(ask("/readyz")).startsWith("200");
    }

    @Test
    @Order(3)
    void aChangedCallsOpensAWayOutAndStartsThatServiceAloneAnew() throws Exception {
        String declaration = Files.readString(declaration());

        publish(
                declaration.replace(
                        "calls: [stripe.charge]", "calls: [stripe.charge, catalog.list]"));

        await(() -> shop.system().node().waysOut().containsKey("payments>catalog"));
        await(() -> starts("payments") == 2);
        await(() -> shop.call("orders.place", List.of(), "shopper").status() == 201);
        assertThat(starts("orders")).isEqualTo(1);
        assertThat(starts("catalog")).isEqualTo(1);
    }

    @Test
    @Order(4)
    void aServiceThatIsDeclaredNoMoreIsStoppedAndItsSidecarClosed() throws Exception {
        InetSocketAddress sidecar = shop.system().node().sidecars().get("reviews");
        InetSocketAddress program = shop.system().node().programs().get("reviews");
        String declaration = Files.readString(declaration());

        publish(declaration.replace(REVIEWS, ""));

        await(() -> !shop.system().node().sidecars().containsKey("reviews"));
        await(() -> closed(sidecar) && closed(program));
        await(() -> reviews().body().contains("\"reason\""));
        assertThat(starts("orders")).isEqualTo(1);
    }

    @Test
    @Order(5)
    void aDeclarationWithAnErrorChangesNothing() throws Exception {
        long bundle = shop.system().node().bundleNumber();
        String declaration = Files.readString(declaration());
        Path wrong = declaration().resolveSibling("wrong.yaml");
        Files.writeString(
                wrong, declaration.replace("catalog.list, payments", "no.such, payments"));

        ShopUnderTest.Ended ended = run("publish", wrong.toString());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThatThrownBy(() ->
                        shop.operator()
                                .post(
                                        Operating.DECLARATION,
                                        new Operating.NewDeclaration(
                                                "ringwall.yaml",
                                                Map.of("ringwall.yaml", "ringwall: 7"))))
                .isInstanceOf(Unusable.class);
        assertThat(shop.system().node().bundleNumber()).isEqualTo(bundle);
    }

    @Test
    @Order(6)
    void whoGuessesJoinTokensIsTurnedAway() {
        Messages.Join guess = new Messages.Join("guess", Map.of());
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> shop.operator().post(Messages.JOIN, guess))
                    .hasMessageContaining("not a join token");
        }
        long size = shop.system().control().treeSize();

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> shop.operator().post(Messages.JOIN, guess))
                    .hasMessageContaining("refused too often");
        }

        assertThat(shop.system().control().treeSize()).isLessThan(size + 10);
    }

    private static Path declaration() {
        return shop.state().declaration();
    }

    private static void publish(String text) throws IOException {
        Files.writeString(declaration(), text);
        ShopUnderTest.Ended ended = run("publish", declaration().toString());
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private static String status(String format) {
        return run("status", "-o", format).out();
    }

    private static ShopUnderTest.Ended run(String command, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        words.addAll(List.of("--state", shop.state().path().toString()));
        return ShopUnderTest.run(words.toArray(String[]::new));
    }

    /// How often that service was started: its program says so each time.
    private static long starts(String service) throws IOException {
        try (var lines = Files.lines(shop.state().log().resolve(service + ".log"))) {
            return lines.filter(line -> line.contains("listening on")).count();
        }
    }

    private static DoorCall.Answer reviews() {
        return DoorCall.of(withReviews, "reviews.all", List.of(), null)
                .send(shop.state(), shop.system().door().toString(), null);
    }

    private static String ask(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(HealthOption.url(health)).resolve(path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static boolean closed(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 250);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static void await(Callable<Boolean> what) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!what.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
