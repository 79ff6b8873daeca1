package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Loads one provider of identities for a while, and says what each unit of work cost its process.
record ProviderRounds(Path home, int connections) {

    private static final int LOGINS_AT_A_TIME = 2;

    /// What one round cost.
    ///
    /// @param cpuMicros for each unit of work
    record Round(double cpuMicros, double perSecond, double p50Millis, double p99Millis) {}

    /// Client-credentials tokens for so long, over connections that are kept.
    ///
    /// @throws IOException when one was not given
    Round tokens(Provider provider, Duration lasts) throws IOException, InterruptedException {
        Path script =
                Files.writeString(
                        home.resolve("token.lua"),
                        """
                        wrk.method = "POST"
                        wrk.body = "grant_type=client_credentials"
                        wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
                        wrk.headers["Authorization"] = "%s"
                        """
                                .formatted(provider.client().basic()));
        Duration before = Cpu.of(provider.pid().getAsLong());
        Load load = Load.on(home, script, provider.tokenUrl(), connections, lasts);
        Duration used = Cpu.of(provider.pid().getAsLong()).minus(before);
        if (load.failures() > 0 || load.requests() == 0) {
            throw new IOException(
                    provider.name()
                            + ": "
                            + load.failures()
                            + " of "
                            + load.requests()
                            + " tokens were not given, so the round says nothing");
        }
        return new Round(
                used.toNanos() / 1e3 / load.requests(),
                load.perSecond(),
                load.p50Micros() / 1_000,
                load.p99Micros() / 1_000);
    }

    /// Logins for so long.
    ///
    /// @throws IOException when one failed
    Round logins(Provider provider, Duration lasts) throws IOException, InterruptedException {
        PasswordLogin login = new PasswordLogin(provider, home.resolve("ca.pem"));
        Duration before = Cpu.of(provider.pid().getAsLong());
        long began = System.nanoTime();
        List<Long> took = new ArrayList<>();
        try (ExecutorService people = Executors.newFixedThreadPool(LOGINS_AT_A_TIME)) {
            List<Future<List<Long>>> each = new ArrayList<>();
            for (int i = 0; i < LOGINS_AT_A_TIME; i++) {
                each.add(
                        people.submit(() -> {
                            List<Long> nanos = new ArrayList<>();
                            long now = began;
                            while (now - began < lasts.toNanos()) {
                                long since = now;
                                login.once();
                                now = System.nanoTime();
                                nanos.add(now - since);
                            }
                            return nanos;
                        }));
            }
            for (Future<List<Long>> one : each) {
                took.addAll(one.get());
            }
        } catch (ExecutionException failed) {
            throw new IOException(
                    "a login failed, so the round says nothing: " + failed.getMessage(),
                    failed.getCause());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration used = Cpu.of(provider.pid().getAsLong()).minus(before);
        took.sort(null);
        return new Round(
                used.toNanos() / 1e3 / took.size(),
                took.size() / seconds,
                took.get(took.size() / 2) / 1e6,
                took.get(took.size() * 99 / 100) / 1e6);
    }
}
