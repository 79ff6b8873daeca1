package dev.ringwall.spring;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Settles what must not be left to each service: where it listens, and that its calls follow no redirect.
///
/// A client that follows a redirect takes the headers along, so whoever is called could send the caller's token anywhere.
final class ServiceEnvironment implements EnvironmentPostProcessor, Ordered {

    private static final String LOOPBACK = "127.0.0.1";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> settled = new HashMap<>();
        settled.put("spring.http.clients.redirects", "dont-follow");
        Map<String, String> process = ProcessEnvironment.of(environment);
        if (process.containsKey("RINGWALL_ENTRY")) {
            copy(process, "HOST", "server.address", settled);
            copy(process, "PORT", "server.port", settled);
        }
        environment.getPropertySources().addFirst(new MapPropertySource("ringwall", settled));
        Map<String, Object> otherwise = new HashMap<>();
        otherwise.put("server.address", LOOPBACK);
        if (environment.containsProperty("management.server.port")) {
            otherwise.put("management.server.address", LOOPBACK);
        }
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("ringwall defaults", otherwise));
    }

    private static void copy(
            Map<String, String> from, String variable, String property, Map<String, Object> to) {
        String value = from.get(variable);
        if (value != null) {
            to.put(property, value);
        }
    }
}
