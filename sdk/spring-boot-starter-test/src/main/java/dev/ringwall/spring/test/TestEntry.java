package dev.ringwall.spring.test;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;

/// Gives a service that is tested an entry secret, new with each start of the JVM, where it has none and does not run without a gateway.
///
/// A service that had this on its class path in earnest would refuse everything, since nobody knows the secret.
final class TestEntry implements EnvironmentPostProcessor, Ordered {

    private static final int SECRET_BYTES = 32;
    private static final String SECRET = secret();

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.containsProperty("ringwall.entry") && !runsWithoutGateway(environment)) {
            environment
                    .getPropertySources()
                    .addLast(
                            new MapPropertySource(
                                    "ringwall test", Map.of("ringwall.entry", SECRET)));
        }
    }

    private static boolean runsWithoutGateway(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source ->
                        java.util.Arrays.stream(
                                ((EnumerablePropertySource<?>) source).getPropertyNames()))
                .anyMatch(name -> name.startsWith("ringwall.without-gateway."));
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
