package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestsTest {

    private static Operation operation(String name) {
        return Shop.blueprint().operation(OperationName.parse(name).orElseThrow()).orElseThrow();
    }

    @Test
    void aRequestIsMadeOfTheExamplesOfTheOpenApiDocument() {
        Call call = Requests.filled(operation("orders.place"), Map.of());
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.target()).isEqualTo("/orders");
        assertThat(call.body()).startsWith("{").isNotEqualTo("{}");
        assertThat(call.has("Content-Type")).isTrue();
    }

    @Test
    void whatIsKnownOfAParameterTakesThePlaceOfItsExample() {
        assertThat(Requests.filled(operation("orders.read"), Map.of("id", "a b/c")).target())
                .isEqualTo("/orders/a%20b%2Fc");
    }

    @Test
    void anOperationWithoutABodyIsAskedWithoutOne() {
        Call call = Requests.filled(operation("orders.ship"), Map.of("id", "17"));
        assertThat(call.body()).isEmpty();
        assertThat(call.target()).isEqualTo("/orders/17/ship");
    }

    @Test
    void theCreatorIsTheOperationWithPostOnTheCollection() {
        assertThat(
                        Requests.creator(
                                        Shop.blueprint().operations().values(),
                                        operation("orders.ship"))
                                .map(Operation::name)
                                .map(OperationName::toString))
                .isEqualTo(Optional.of("orders.place"));
        assertThat(
                        Requests.creator(
                                Shop.blueprint().operations().values(), operation("catalog.edit")))
                .isEmpty();
    }
}
