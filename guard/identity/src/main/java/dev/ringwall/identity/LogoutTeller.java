package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.NotRecorded;
import dev.ringwall.people.Rights;
import dev.ringwall.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells clients that a login is over (OpenID Connect Back-Channel Logout 1.0 §2.5), at the address that the declaration says and no other. Who
/// does not hear it is told again, longer and longer apart, for half an hour. Nobody who signs out waits for it.
final class LogoutTeller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogoutTeller.class);
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final long EVERY_MILLIS = 500;

    private final Store store;
    private final Rights rights;
    private final TokenMint mint;
    private final Ledger ledger;
    private final InstantSource clock;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECTED_WITHIN)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final ExecutorService telling = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService turns =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("logout-notices").factory());

    LogoutTeller(Store store, Rights rights, TokenMint mint, Ledger ledger, InstantSource clock) {
        this.store = store;
        this.rights = rights;
        this.mint = mint;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Begins.
    void start() {
        turns.scheduleWithFixedDelay(this::turn, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            for (LogoutNotices.Notice notice : LogoutNotices.due(store, clock)) {
                Optional<URI> where = LogoutNotices.where(rights, notice.client());
                if (where.isEmpty()) {
                    LogoutNotices.done(store, notice);
                } else if (LogoutNotices.take(store, notice, clock)) {
                    telling.execute(() -> tell(notice, where.get()));
                }
            }
        } catch (RuntimeException failed) {
            LOG.warn("could not look for clients that are to be told of a logout", failed);
        }
    }

    private void tell(LogoutNotices.Notice notice, URI where) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(where)
                            .timeout(ANSWERED_WITHIN)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            Answers.encoded(Map.of("logout_token", token(notice)))))
                            .build();
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                said(IdentityAct.LOGOUT_TOLD, notice, String.valueOf(status));
                LogoutNotices.done(store, notice);
            } else {
                said(IdentityAct.LOGOUT_UNTOLD, notice, String.valueOf(status));
            }
        } catch (IOException unreachable) {
            said(IdentityAct.LOGOUT_UNTOLD, notice, "no-answer");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (NotRecorded lost) {
            LOG.error("an event was lost, so it is told again", lost);
        } catch (RuntimeException failed) {
            LOG.warn("could not tell {} of a logout", notice.client(), failed);
        }
    }

    private String token(LogoutNotices.Notice notice) {
        return mint.logout(notice.client(), notice.account(), notice.sid());
    }

    private void said(IdentityAct act, LogoutNotices.Notice notice, String answer) {
        ledger.acted(
                act,
                new Actor(Actor.Kind.CLIENT, notice.client(), List.of(), "-"),
                Map.of("client", notice.client(), "sid", notice.sid(), "answer", answer));
    }

    @Override
    public void close() {
        turns.shutdownNow();
        telling.shutdownNow();
        http.shutdownNow();
    }
}
