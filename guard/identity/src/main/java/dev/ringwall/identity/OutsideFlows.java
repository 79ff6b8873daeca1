package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/// Who was sent to an outside provider and has not come back. Each is known by `state` together with a cookie of the same browser, and comes
/// back once. The nonce and the verifier follow from both, so neither lies here, and an answer that was meant for another browser fits none.
final class OutsideFlows {

    /// How long somebody may take to sign in there.
    static final Duration BACK_WITHIN = Duration.ofMinutes(15);

    static final int ONWARD_CHARACTERS_MAX = 8_000;

    private static final String COOKIE = "__Host-ringwall-outside";

    private final Store store;
    private final InstantSource clock;

    OutsideFlows(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What somebody was sent for.
    ///
    /// @param sid    the login whose account is to be linked; empty where somebody signs in
    /// @param onward where it leads here afterwards: a path that was made here
    /// @param anew   whether the person must prove it again there
    /// @param maxAge how many seconds ago it may have been at most
    /// @param twice  whether a second factor is wanted
    record Flow(
            String provider,
            Optional<String> sid,
            String onward,
            boolean anew,
            OptionalLong maxAge,
            boolean twice,
            Instant begun) {}

    /// What a browser is sent with.
    record Sent(String state, String nonce, String verifier) {
        @Override
        public String toString() {
            return "Sent[…]";
        }

        static Sent of(String browser, String state) {
            return new Sent(
                    state,
                    Secrets.sha256("nonce\n" + browser + "\n" + state),
                    Secrets.sha256("verifier\n" + browser + "\n" + state));
        }
    }

    /// Notes that the browser is sent.
    Sent begin(HttpServletRequest request, HttpServletResponse response, Flow flow) {
        String browser = browser(request).orElseGet(Secrets::random);
        Cookies.set(response, COOKIE, browser, BACK_WITHIN);
        String state = Secrets.random();
        store.write(tx ->
                tx.change(
                        "INSERT INTO outside_flow (state, browser, provider, sid, onward, anew, max_age, twice, begun, expires)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        Secrets.sha256(state),
                        Secrets.sha256(browser),
                        flow.provider(),
                        flow.sid().orElse(null),
                        flow.onward(),
                        flow.anew() ? 1 : 0,
                        flow.maxAge().isPresent() ? flow.maxAge().getAsLong() : -1L,
                        flow.twice() ? 1 : 0,
                        flow.begun().toEpochMilli(),
                        flow.begun().plus(BACK_WITHIN).toEpochMilli()));
        return Sent.of(browser, state);
    }

    /// What the browser was sent for that comes back with that state, once; empty when it was another browser, to another provider, or too
    /// long ago.
    Optional<Back> back(HttpServletRequest request, String state, String provider) {
        Optional<String> browser = browser(request);
        if (browser.isEmpty()) {
            return Optional.empty();
        }
        String hash = Secrets.sha256(state);
        return store.write(tx -> {
            Optional<Flow> flow =
                    tx.first(
                            OutsideFlows::flow,
                            "SELECT provider, sid, onward, anew, max_age, twice, begun FROM outside_flow"
                                    + " WHERE state = ? AND browser = ? AND provider = ? AND expires > ?",
                            hash,
                            Secrets.sha256(browser.get()),
                            provider,
                            clock.millis());
            if (flow.isPresent()) {
                tx.change("DELETE FROM outside_flow WHERE state = ?", hash);
            }
            return flow.map(known -> new Back(known, Sent.of(browser.get(), state)));
        });
    }

    /// Somebody who has come back.
    record Back(Flow flow, Sent sent) {}

    private static Flow flow(ResultSet row) throws SQLException {
        long maxAge = row.getLong(5);
        return new Flow(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                row.getString(3),
                row.getInt(4) != 0,
                maxAge < 0 ? OptionalLong.empty() : OptionalLong.of(maxAge),
                row.getInt(6) != 0,
                Instant.ofEpochMilli(row.getLong(7)));
    }

    private static Optional<String> browser(HttpServletRequest request) {
        return Cookies.value(request, COOKIE)
                .filter(secret -> secret.length() == Secrets.random().length());
    }
}
