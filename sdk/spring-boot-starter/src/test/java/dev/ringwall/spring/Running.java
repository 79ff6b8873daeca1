package dev.ringwall.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/// A real service on a free port, started with the given environment variables and properties and nothing else.
final class Running implements AutoCloseable {

    static final String ENTRY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Running(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Running behindSidecar(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("RINGWALL_ENTRY", ENTRY);
        variables.put("HOST", "127.0.0.1");
        variables.put("PORT", "0");
        return start(Shop.class, variables, Map.of());
    }

    static Running start(
            Class<?> application, Map<String, String> variables, Map<String, String> properties) {
        StandardServletEnvironment environment = new StandardServletEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.copyOf(variables)));
        String[] arguments =
                properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new);
        return new Running(
                new SpringApplicationBuilder(application)
                        .environment(environment)
                        .properties("spring.main.banner-mode=off", "server.port=0")
                        .run(arguments));
    }

    int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /// @param headers names and values in turn, sent as they are
    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What a sidecar says with a call of that caller for `orders.read`.
    static String[] as(String caller, String roles, String... more) {
        String[] said = {
            "Ringwall-Entry", ENTRY,
            "Ringwall-Caller", caller,
            "Ringwall-Roles", roles,
            "Ringwall-Operation", "orders.read",
            "Ringwall-Request", "01M849JJ8C3GVWCGYZRHD83AET",
            "Txn-Token", "eyJ.transaction.token",
            "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        };
        String[] all = java.util.Arrays.copyOf(said, said.length + more.length);
        System.arraycopy(more, 0, all, said.length, more.length);
        return all;
    }

    /// The same without one of the headers.
    static String[] without(String name, String... headers) {
        java.util.List<String> left = new java.util.ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i].equals(name)) {
                left.add(headers[i]);
                left.add(headers[i + 1]);
            }
        }
        return left.toArray(String[]::new);
    }

    @Override
    public void close() {
        context.close();
    }
}
