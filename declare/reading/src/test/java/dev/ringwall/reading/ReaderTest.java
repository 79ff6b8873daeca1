package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderTest {

    @Test
    void theShopIsReadWordForWord() {
        Declaration shop = read(Map.of("ringwall.yaml", Shop.TEXT));

        assertThat(shop.system()).isEqualTo("shop");
        assertThat(shop.domain()).contains("shop.example.com");
        assertThat(shop.standards()).containsExactly("pci-dss-4.0.1", "gdpr");
        assertThat(shop.data().keySet()).containsExactly("product", "order", "contact", "card");
        assertThat(shop.data().get("order").keep()).isEqualTo(new DataType.Keep.Days(7 * 365));
        assertThat(shop.data().get("card").keep()).isEqualTo(new DataType.Keep.Never());
        assertThat(shop.data().get("contact").fields()).containsExactly("email", "address");
        Role warehouse = shop.roles().get("warehouse");
        assertThat(warehouse.login()).isEqualTo(Role.Login.API_KEY);
        assertThat(warehouse.rotate()).contains(Duration.ofDays(90));
        assertThat(warehouse.from()).hasToString("[203.0.113.0/24]");
        assertThat(warehouse.limits()).hasToString("[5000/day per caller]");
        assertThat(shop.roles().get("clerk").session()).isEqualTo(Duration.ofMinutes(30));
        assertThat(shop.audit()).isEqualTo(new Declaration.Audit(false, 396));
        assertThat(shop.acceptedRisks().getFirst().until()).isEqualTo(LocalDate.of(2027, 6, 30));
        assertThat(shop.unenforced()).isEmpty();
    }

    @Test
    void operationsKeepTheLinesThatTheyStandOn() {
        Declaration shop = read(Map.of("ringwall.yaml", Shop.TEXT));
        Service orders = shop.services().get("orders");
        Operation place = orders.operations().get("place");
        Operation read = orders.operations().get("read");

        assertThat(orders.line()).hasToString("ringwall.yaml:25");
        assertThat(place.name()).hasToString("orders.place");
        assertThat(place.line()).isEqualTo(new Line("ringwall.yaml", 29, 7));
        assertThat(place.limits()).hasToString("[10/min per caller]");
        assertThat(read.route()).hasToString("GET /orders/{id}");
        assertThat(read.allow())
                .isEqualTo(
                        new Allow.Roles(
                                Map.of(
                                        "shopper", new Line("ringwall.yaml", 30, 50),
                                        "clerk", new Line("ringwall.yaml", 30, 59))));
        assertThat(read.when().orElseThrow().onResponse()).isTrue();
        assertThat(read.when().orElseThrow().line().number()).isEqualTo(31);
        assertThat(orders.calls().get(OperationName.parse("payments.charge").orElseThrow()))
                .hasToString("ringwall.yaml:33");
        assertThat(orders.runs().orElseThrow())
                .isInstanceOfSatisfying(
                        Service.Runs.Command.class,
                        run ->
                                assertThat(run.words())
                                        .containsExactly("java", "-jar", "orders.jar"));
    }

    @Test
    void operationsWithoutAllowAreClosedAndThirdPartiesHaveACredential() {
        Declaration shop = read(Map.of("ringwall.yaml", Shop.TEXT));
        ThirdParty stripe = shop.thirdParties().get("stripe");

        assertThat(shop.services().get("payments").operations().get("charge").allow())
                .isEqualTo(new Allow.Nobody());
        assertThat(stripe.url()).hasToString("https://api.stripe.com");
        assertThat(stripe.credential().orElseThrow().form())
                .isEqualTo(new ThirdParty.Form.Bearer());
        assertThat(stripe.operations().get("charge").limits()).hasToString("[50/s per operation]");
        assertThat(stripe.contract().orElseThrow().review()).contains(LocalDate.of(2027, 1, 31));
    }

    @Test
    void theShopMakesSense() {
        assertThat(Blueprint.of(read(Map.of("ringwall.yaml", Shop.TEXT))))
                .isInstanceOf(Blueprint.Outcome.Sound.class);
    }

    @Test
    void includedFilesAreReadAsIfTheyStoodInTheEntry() {
        Declaration whole =
                read(
                        Map.of(
                                "ringwall.yaml",
                                "ringwall: 1\nsystem: shop\ninclude: [teams/catalog.yaml]\n",
                                "teams/catalog.yaml",
                                "ringwall: 1\nservices: { catalog: { run: catalog } }\ninclude: [../data.yaml]\n",
                                "data.yaml",
                                "ringwall: 1\ndata: { product: { class: public } }\n"));

        assertThat(whole.services().get("catalog").line())
                .isEqualTo(new Line("teams/catalog.yaml", 2, 13));
        assertThat(whole.data()).containsKey("product");
    }

    @Test
    void whatWasReadFromDiskIsReadTheSameFromItsSources(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("ringwall.yaml"), Shop.TEXT + "include: [more.yaml]\n");
        Files.writeString(
                folder.resolve("more.yaml"),
                "ringwall: 1\nroles: { auditor: { login: password } }\n");

        var fromDisk = (Reading.Read) Reader.read(folder.resolve("ringwall.yaml"));
        var again = (Reading.Read) Reader.read(fromDisk.sources(), "ringwall.yaml");

        assertThat(fromDisk.sources().keySet())
                .containsExactlyInAnyOrder("ringwall.yaml", "more.yaml");
        assertThat(again.declaration()).isEqualTo(fromDisk.declaration());
        assertThat(Reader.read(folder)).isEqualTo(fromDisk);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed(@TempDir Path outside) throws Exception {
        Path folder = Files.createDirectory(outside.resolve("declared"));
        Files.writeString(outside.resolve("secret.yaml"), "ringwall: 1\n");
        Files.createSymbolicLink(folder.resolve("more.yaml"), outside.resolve("secret.yaml"));
        Files.writeString(
                folder.resolve("ringwall.yaml"),
                "ringwall: 1\nsystem: shop\ninclude: [more.yaml]\n");

        assertThat(rules(Reader.read(folder))).containsExactly("unreadable-file");
    }

    @Test
    void aFolderInPlaceOfAFileAndAFileThatIsNotThereAreSaid(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("more.yaml"));
        Files.writeString(
                folder.resolve("ringwall.yaml"),
                "ringwall: 1\nsystem: shop\ninclude: [more.yaml, none.yaml]\n");

        assertThat(rules(Reader.read(folder))).containsExactly("unreadable-file", "no-such-file");
        assertThat(rules(Reader.read(folder.resolve("other.yaml"))))
                .containsExactly("no-such-file");
        assertThat(rules(Reader.read(Path.of("/")))).containsExactly("no-such-file");
    }

    private static Declaration read(Map<String, String> files) {
        return switch (Reader.read(files, "ringwall.yaml")) {
            case Reading.Read(Declaration declaration, _) -> declaration;
            case Reading.Unreadable(var problems, _) -> throw new AssertionError(problems);
        };
    }

    private static List<String> rules(Reading reading) {
        return switch (reading) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) ->
                    problems.stream().map(problem -> problem.rule()).toList();
        };
    }
}
