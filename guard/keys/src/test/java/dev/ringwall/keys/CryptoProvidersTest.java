package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CryptoProvidersTest {

    private static final String AMAZON = "AmazonCorrettoCryptoProvider";

    @AfterEach
    void leaveTheOtherTestsToTheJdk() {
        Security.removeProvider(AMAZON);
    }

    /// Loads, and does nothing.
    public static final class Useless extends Provider {
        public Useless() {
            super("Useless", "1", "does nothing");
        }
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void theQuickOneComesFirstWhereItLoads() {
        assertThat(CryptoProviders.install()).isInstanceOf(CryptoProviders.Installed.Quick.class);
        assertThat(Security.getProviders()[0].getName()).isEqualTo(AMAZON);
        Identity orders = Authorities.of("shop").issue(Authorities.workload("shop", "orders"));
        assertThat(orders.id()).contains(new SpiffeId("shop", "orders"));
    }

    @Test
    void whoAsksAgainGetsTheSameAnswer() {
        assertThat(CryptoProviders.installed()).isSameAs(CryptoProviders.installed());
    }

    @Test
    void whereItDoesNotLoadTheJdkGoesOn() {
        assertThat(CryptoProviders.install("there.is.no.such.Provider"))
                .isInstanceOf(CryptoProviders.Installed.JdkOnly.class);
        assertThat(CryptoProviders.install("java.lang.String"))
                .isInstanceOf(CryptoProviders.Installed.JdkOnly.class);
    }

    @Test
    void oneThatCannotSignIsNotTaken() {
        assertThat(CryptoProviders.install(Useless.class.getName()))
                .isInstanceOf(CryptoProviders.Installed.JdkOnly.class);
        assertThat(Security.getProvider("Useless")).isNull();
    }
}
