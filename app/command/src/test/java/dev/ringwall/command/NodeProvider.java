package dev.ringwall.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An OpenID provider that others wrote, npm's `oidc-provider`, as a process of its own.
final class NodeProvider implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader said;
    private final String issuer;

    private NodeProvider(Process process, BufferedReader said, String issuer) {
        this.process = process;
        this.said = said;
        this.issuer = issuer;
    }

    static NodeProvider start(Map<String, String> environment)
            throws IOException, InterruptedException {
        Path folder = NodeClients.install("provider");
        ProcessBuilder builder =
                new ProcessBuilder("node", "provider.mjs")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        return new NodeProvider(process, said, line(said, "http://"));
    }

    /// What names it.
    String issuer() {
        return issuer;
    }

    /// Tells it where people come from.
    void serve(String door) throws IOException {
        process.getOutputStream().write((door + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
        line(said, "ready");
    }

    private static String line(BufferedReader said, String start) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> found(said, start))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException never) {
            throw new IOException("the provider did not say " + start, never);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String found(BufferedReader said, String start) {
        StringBuilder all = new StringBuilder();
        try {
            for (@Nullable String line = said.readLine(); line != null; line = said.readLine()) {
                all.append(line).append('\n');
                if (line.startsWith(start)) {
                    return line;
                }
            }
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
        throw new IllegalStateException("it ended and said: " + all);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
        said.close();
    }
}
