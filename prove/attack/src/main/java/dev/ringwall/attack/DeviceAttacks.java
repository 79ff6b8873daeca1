package dev.ringwall.attack;

import dev.ringwall.model.Client;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/// Attacks on devices that people sign in from elsewhere (RFC 8628 §5).
final class DeviceAttacks {

    /// Codes that are guessed before the provider is said not to slow it down.
    static final int GUESSES_MAX = 30;

    private static final String PAGE = "/device";
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int CODE_LETTERS = 8;

    private final Derivation to;
    private final Client device;

    private DeviceAttacks(Derivation to, Client device) {
        this.to = to;
        this.device = device;
    }

    static void derive(Derivation to) {
        to.blueprint().declaration().clients().values().stream()
                .filter(client -> client.kind() == Client.Kind.DEVICE)
                .filter(client -> !client.roles().isEmpty())
                .findFirst()
                .ifPresent(device -> new DeviceAttacks(to, device).derive());
    }

    /// What a device was told: what it keeps, and what it shows.
    private record Codes(String device, String user) {
        @Override
        public String toString() {
            return "Codes[…]";
        }
    }

    private void derive() {
        add(
                "device-code-guessing",
                "somebody who is signed in guesses " + GUESSES_MAX + " codes of devices",
                this::guessing);
        add(
                "device-allowed-by-link",
                "somebody sends a link that allows their own device",
                this::link);
        add(
                "device-csrf",
                "another site allows somebody's device in the name of whoever is signed in",
                this::foreignForm);
        add(
                "device-code-of-another-client",
                "another client uses the code of a device that was allowed",
                this::anotherClient);
        add(
                "device-code-replay",
                "somebody uses the code of a device that is signed in",
                this::replay);
        add("device-polled-too-fast", "a device asks without a pause", this::tooFast);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, device.line(), Expectation.stopped(), play);
    }

    private AccountVisit person(Scene scene) throws IOException, NotPlayable {
        String role = device.roles().keySet().iterator().next();
        return AccountVisit.of(scene, ProviderAttacks.who(scene, role, scene.stage().another()));
    }

    private Codes begun(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Reply reply =
                flow.browser()
                        .send(
                                Call.form(
                                        flow.path() + "/device/codes",
                                        Browser.encoded(Map.of("client_id", device.name()))));
        JsonNode body =
                Scene.json(reply)
                        .filter(json -> json.path("device_code").isString())
                        .orElseThrow(
                                () -> new NotPlayable("no codes for a device: " + reply.excerpt()));
        return new Codes(
                scene.keep(body.path("device_code").asString("")),
                body.path("user_code").asString(""));
    }

    /// What the device hears: the error, or `tokens`.
    private static String polled(LoginFlow flow, String client, Codes codes) throws IOException {
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        form.put("device_code", codes.device());
        form.put("client_id", client);
        return switch (flow.tokens(Call.form(flow.path() + "/token", Browser.encoded(form)))) {
            case LoginFlow.Outcome.Tokens _ -> "tokens";
            case LoginFlow.Outcome.Denied(String why) -> why;
        };
    }

    private static Seen heard(String answer) {
        return answer.equals("tokens")
                ? new Seen.Yielded("tokens were given")
                : new Seen.Thwarted("refused: " + answer);
    }

    /// The person enters the code and allows the device.
    private static void allow(AccountVisit person, Codes codes) throws IOException, NotPlayable {
        String page = person.flow().path() + PAGE;
        String secret = person.secret();
        Reply shown = person.submit(page, secret, Map.of("user_code", codes.user()));
        Reply done =
                person.submit(page, secret, Map.of("user_code", codes.user(), "answer", "allow"));
        if (done.status() != 200) {
            throw new NotPlayable(
                    "a device cannot be allowed: " + shown.status() + ", " + done.excerpt());
        }
    }

    private Seen guessing(Scene scene) throws IOException, NotPlayable {
        AccountVisit person = person(scene);
        String secret = person.secret();
        Random letters = new Random(1);
        for (int guess = 1; guess <= GUESSES_MAX; guess++) {
            StringBuilder code = new StringBuilder();
            while (code.length() < CODE_LETTERS) {
                code.append(LETTERS.charAt(letters.nextInt(LETTERS.length())));
            }
            Reply reply =
                    person.impatient(scene, PAGE, secret, Map.of("user_code", code.toString()));
            if (reply.status() == 429) {
                return new Seen.Thwarted("slowed down after " + guess + " guesses");
            }
        }
        return new Seen.Yielded(
                String.format(Locale.ROOT, "%d guesses were looked at", GUESSES_MAX));
    }

    private Seen link(Scene scene) throws IOException, NotPlayable {
        Codes codes = begun(scene);
        AccountVisit person = person(scene);
        person.flow()
                .browser()
                .open(
                        person.flow().path()
                                + PAGE
                                + "?"
                                + Browser.encoded(
                                        Map.of("user_code", codes.user(), "answer", "allow")));
        return heard(polled(ProviderAttacks.flow(scene), device.name(), codes));
    }

    private Seen foreignForm(Scene scene) throws IOException, NotPlayable {
        Codes codes = begun(scene);
        String foreign = person(scene).secret();
        AccountVisit person = person(scene);
        person.submit(
                person.flow().path() + PAGE,
                foreign,
                Map.of("user_code", codes.user(), "answer", "allow"));
        return heard(polled(ProviderAttacks.flow(scene), device.name(), codes));
    }

    private Seen anotherClient(Scene scene) throws IOException, NotPlayable {
        Codes codes = begun(scene);
        allow(person(scene), codes);
        LoginFlow flow = ProviderAttacks.flow(scene);
        Optional<String> other =
                to.blueprint().declaration().clients().values().stream()
                        .filter(client -> client.kind() == Client.Kind.DEVICE)
                        .map(Client::name)
                        .filter(name -> !name.equals(device.name()))
                        .findFirst();
        return heard(polled(flow, other.orElse(flow.client().id()), codes));
    }

    private Seen replay(Scene scene) throws IOException, NotPlayable {
        Codes codes = begun(scene);
        allow(person(scene), codes);
        LoginFlow flow = ProviderAttacks.flow(scene);
        String first = polled(flow, device.name(), codes);
        if (!first.equals("tokens")) {
            throw new NotPlayable("an allowed device gets nothing: " + first);
        }
        return heard(polled(flow, device.name(), codes));
    }

    private Seen tooFast(Scene scene) throws IOException, NotPlayable {
        Codes codes = begun(scene);
        LoginFlow flow = ProviderAttacks.flow(scene);
        polled(flow, device.name(), codes);
        String second = polled(flow, device.name(), codes);
        return second.contains("authorization_pending")
                ? new Seen.Yielded("it is answered as often as it asks")
                : new Seen.Thwarted("refused: " + second);
    }
}
