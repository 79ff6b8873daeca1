package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Devices that people sign in from elsewhere, at the system of people.
final class PeopleDevices {

    private static final int GUESSES_MAX = 5;

    private final Set<Gap> gaps;
    private final PeopleLogin logins;
    private final PeoplePage pages;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> wrong = new ConcurrentHashMap<>();

    private static final class Waiting {
        final String client;
        final String user;
        final AtomicInteger polls = new AtomicInteger();
        volatile @Nullable Login allowed;
        volatile boolean spent;

        Waiting(String client, String user) {
            this.client = client;
            this.user = user;
        }
    }

    PeopleDevices(Set<Gap> gaps, PeopleLogin logins, PeoplePage pages) {
        this.gaps = gaps;
        this.logins = logins;
        this.pages = pages;
    }

    TinyHttp.Response begin(TinyHttp.Request request) {
        StringBuilder user = new StringBuilder();
        Random letters = new Random();
        while (user.length() < 8) {
            user.append("BCDFGHJKLMNPQRSTVWXZ".charAt(letters.nextInt(20)));
        }
        String device = UUID.randomUUID().toString();
        waiting.put(
                device,
                new Waiting(
                        PeoplePage.form(request).getOrDefault("client_id", ""), user.toString()));
        return TinyHttp.Response.json(
                200, "{\"device_code\":\"%s\",\"user_code\":\"%s\"}".formatted(device, user));
    }

    TinyHttp.Response page(TinyHttp.Request request) {
        Optional<Login> login = logins.signedIn(request);
        if (login.isEmpty()) {
            return TinyHttp.Response.to("/auth/login");
        }
        boolean posted = request.method().equals("POST");
        Map<String, String> said =
                posted ? PeoplePage.form(request) : TinyQuery.of(request.target());
        if (posted ? !pages.ours(request) : !gaps.contains(Gap.DEVICE_BY_LINK)) {
            return shown(request, posted ? 403 : 200);
        }
        AtomicInteger guesses =
                wrong.computeIfAbsent(login.get().person().name, _ -> new AtomicInteger());
        if (guesses.get() >= GUESSES_MAX && !gaps.contains(Gap.DEVICE_GUESSES_UNLIMITED)) {
            return shown(request, 429);
        }
        Optional<Waiting> device =
                waiting.values().stream()
                        .filter(one -> one.user.equals(said.get("user_code")))
                        .findFirst();
        if (device.isEmpty()) {
            guesses.incrementAndGet();
            return shown(request, 422);
        }
        if ("allow".equals(said.get("answer"))) {
            device.get().allowed = login.get();
        }
        return shown(request, 200);
    }

    private TinyHttp.Response shown(TinyHttp.Request request, int status) {
        return pages.page(request, status, PeoplePage.form("/auth/device", "user_code"));
    }

    /// The error that the device hears; empty where it gets tokens.
    Optional<String> polled(Map<String, String> form) {
        Waiting device = waiting.get(form.getOrDefault("device_code", ""));
        if (device == null
                || (device.spent && !gaps.contains(Gap.DEVICE_TWICE))
                || (!device.client.equals(form.get("client_id"))
                        && !gaps.contains(Gap.DEVICE_OF_ANYBODY))) {
            return Optional.of("invalid_grant");
        }
        if (device.allowed == null) {
            boolean early = device.polls.getAndIncrement() > 0;
            return Optional.of(
                    early && !gaps.contains(Gap.DEVICE_UNPACED)
                            ? "slow_down"
                            : "authorization_pending");
        }
        device.spent = true;
        return Optional.empty();
    }
}
