package dev.ringwall.shop.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentsTest {

    private static final String CHARGE =
            "{\"order\":17,\"amount\":2400,\"card\":{\"pan\":\"4242424242424242\",\"cvc\":\"123\"}}";

    @Test
    void aChargeIsTakenWhenTheSidecarAddsTheCredential(@TempDir Path data) throws IOException {
        try (Running stripe = Running.stripe();
                Sidecar out =
                        Sidecar.to(
                                stripe.address(), "Authorization", "Bearer " + Running.STRIPE_KEY);
                Running payments = Running.payments(data, out.address())) {
            Running.Answer charged = payments.call("POST", "/charges", CHARGE, "service:orders");

            assertThat(charged.status()).isEqualTo(201);
            assertThat(charged.json().path("id").asString()).startsWith("pi_");
            assertThat(payments.send("POST", "/charges", CHARGE, Map.of()).status()).isEqualTo(403);
        }
    }

    @Test
    void withoutTheSidecarThereIsNoCredentialAndNoCharge(@TempDir Path data) throws IOException {
        try (Running stripe = Running.stripe();
                Running payments = Running.payments(data, stripe.address())) {
            assertThat(payments.call("POST", "/charges", CHARGE, "service:orders").status())
                    .isEqualTo(502);
        }
    }

    @Test
    void theThirdPartyRefusesAnotherKey() throws IOException {
        try (Running stripe = Running.stripe()) {
            assertThat(
                            stripe.send(
                                            "POST",
                                            "/v1/payment_intents",
                                            "{}",
                                            Map.of("Authorization", "Bearer sk_guess"))
                                    .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog.Catalog", "orders.Orders", "payments.Payments"})
    void aServiceThatNobodyStandsBeforeDoesNotStart(String main, @TempDir Path data)
            throws IOException, InterruptedException {
        Process process =
                Running.launch(
                        main,
                        Map.of(
                                "PORT", "0",
                                "DATA_DIR", data.toString(),
                                "CATALOG_URL", "http://127.0.0.1:1",
                                "PAYMENTS_URL", "http://127.0.0.1:1",
                                "STRIPE_URL", "http://127.0.0.1:1"));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }
}
