package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.ask;
import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.reply;
import static dev.ringwall.attack.Administering.scim;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Who may list accounts asks for all of them at once, for numbers that are none, for filters without end, and for passwords (CWE-770, CWE-190,
/// CWE-674, RFC 7644 §3.4.2, §7.6).
final class AdministrationBounds {

    /// More than any page has, in entries.
    private static final int ENTRIES_MAX = 1_000;

    private static final int BRACKETS = 2_000;
    private static final int TERMS = 60;

    private static final List<String> NUMBERS =
            List.of(
                    "count=2147483647&startIndex=2147483647",
                    "count=2147483648",
                    "startIndex=9223372036854775808",
                    "startIndex=-2147483648&count=-2147483648",
                    "count=1e9",
                    "count=%2B1&startIndex=%00");

    private static final String PASSWORD = "seven quiet lanterns in a harbour";

    private final AdministrationList list;

    AdministrationBounds(Derivation to) {
        this.list = new AdministrationList(to);
    }

    void derive(Operation operation, Role role) {
        switch (operation.name().verb()) {
            case "list-users", "list-keys", "list-clients" ->
                    list.add(
                            operation,
                            "page-too-large",
                            role,
                            "asks for a million at once",
                            Expectation.stopped(Reason.REQUEST_NOT_VALID),
                            scene -> ask(scene, role, asked(operation, "limit=1000000")));
            case "scim-list-users" -> {
                list.add(
                        operation,
                        "numbers-overflow",
                        role,
                        "asks for pages by numbers that are too large, below zero, or none",
                        Expectation.stopped(),
                        scene -> numbers(scene, operation, role));
                list.add(
                        operation,
                        "filter-without-end",
                        role,
                        "asks by a filter of " + BRACKETS + " brackets, and by one of many parts",
                        Expectation.stopped(),
                        scene -> filters(scene, operation, role));
            }
            case "scim-create-user" ->
                    list.add(
                            operation,
                            "password-shown",
                            role,
                            "makes a user with a password, and looks for it in the answer",
                            Expectation.stopped(),
                            scene -> password(scene, operation, role));
            default -> {}
        }
    }

    private static Call asked(Operation operation, String query) {
        Call call = call(operation, "");
        return call.withTarget(call.target() + "?" + query);
    }

    private static Seen numbers(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        for (String query : NUMBERS) {
            Reply reply = reply(scene, role, asked(operation, query));
            int entries = Scene.json(reply).map(page -> page.path("Resources").size()).orElse(0);
            if (reply.status() >= 500 || entries > ENTRIES_MAX) {
                return new Seen.Yielded(query + ": " + entries + " of them, " + reply.excerpt());
            }
        }
        return new Seen.Thwarted("none of them breaks it, nor gets more than a page");
    }

    private static Seen filters(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        String one = "userName%20sw%20%22a%22";
        List<String> filters =
                List.of(
                        "(".repeat(BRACKETS) + one + ")".repeat(BRACKETS),
                        "not%20(".repeat(TERMS) + one + ")".repeat(TERMS),
                        IntStream.range(0, TERMS)
                                .mapToObj(_ -> one)
                                .collect(Collectors.joining("%20or%20")));
        for (String filter : filters) {
            Reply reply = reply(scene, role, asked(operation, "filter=" + filter));
            if (reply.status() / 100 != 4) {
                return new Seen.Yielded(filter.length() + " characters: " + reply.excerpt());
            }
        }
        return new Seen.Thwarted("refused before it is read to its end");
    }

    private static Seen password(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        Reply made =
                reply(
                        scene,
                        role,
                        scim(
                                call(operation, ""),
                                "{\"userName\":\""
                                        + Administering.fresh()
                                        + "\",\"password\":\""
                                        + PASSWORD
                                        + "\"}"));
        if (made.status() != 201) {
            throw new NotPlayable("no user was made: " + made.excerpt());
        }
        String said = made.body().toLowerCase(Locale.ROOT);
        return said.contains(PASSWORD) || said.contains("$argon2") || said.contains("\"password\"")
                ? new Seen.Yielded("it is shown")
                : new Seen.Thwarted("it is not shown");
    }
}
