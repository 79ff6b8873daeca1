package dev.ringwall.admin;

import dev.ringwall.people.Directory;
import dev.ringwall.people.Factor;
import dev.ringwall.people.Holdings;
import dev.ringwall.people.Person;
import dev.ringwall.people.RememberedBrowsers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What accounts have besides their passwords: logins, second factors, and browsers in which those are not asked for. They are seen, and
/// ended one by one or all at once. Nothing is shown that lets anybody in.
final class HoldingOperations {

    private final Directory directory;
    private final Holdings holdings;
    private final Power power;

    HoldingOperations(Directory directory, Power power) {
        this.directory = directory;
        this.holdings = directory.holdings();
        this.power = power;
    }

    AdminAnswer sessions(AdminRequest request) {
        return list(
                "sessions",
                holdings.loginsOf(person(request).account().id()).stream()
                        .map(HoldingOperations::shown)
                        .toList());
    }

    private static Map<String, Object> shown(Holdings.Login login) {
        return Map.of(
                "id",
                login.sid(),
                "since",
                login.since().toString(),
                "until",
                login.until().toString(),
                "methods",
                login.methods(),
                "address",
                login.place().address(),
                "agent",
                login.place().agent());
    }

    AdminAnswer endSessions(AdminRequest request) {
        return end(request, Optional.empty());
    }

    AdminAnswer endSession(AdminRequest request) {
        return end(request, Optional.of(request.part()));
    }

    private AdminAnswer end(AdminRequest request, Optional<String> which) {
        Person person = person(request);
        power.actOn(request.by(), person);
        holdings.endLogins(person.account(), which, request.by().actor());
        return AdminAnswer.nothing();
    }

    AdminAnswer factors(AdminRequest request) {
        return list(
                "factors",
                holdings.factorsOf(person(request).account().id()).stream()
                        .map(HoldingOperations::shown)
                        .toList());
    }

    private static Map<String, Object> shown(Factor factor) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", factor.id());
        shown.put("kind", factor.kind().word());
        if (!factor.name().isEmpty()) {
            shown.put("name", factor.name());
        }
        shown.put("created", factor.since().toString());
        factor.used().ifPresent(used -> shown.put("used", used.toString()));
        factor.left().ifPresent(left -> shown.put("left", left));
        return shown;
    }

    AdminAnswer removeFactors(AdminRequest request) {
        Person person = person(request);
        power.actOn(request.by(), person);
        holdings.removeFactors(person.account(), request.by().actor());
        return AdminAnswer.nothing();
    }

    AdminAnswer removeFactor(AdminRequest request) {
        Person person = person(request);
        power.actOn(request.by(), person);
        holdings.removeFactor(person.account(), request.part(), request.by().actor());
        return AdminAnswer.nothing();
    }

    AdminAnswer browsers(AdminRequest request) {
        return list(
                "browsers",
                holdings.browsersOf(person(request).account().id()).stream()
                        .map(HoldingOperations::shown)
                        .toList());
    }

    private static Map<String, Object> shown(RememberedBrowsers.Remembered browser) {
        return Map.of(
                "id",
                browser.id(),
                "since",
                browser.made().toString(),
                "used",
                browser.used().toString(),
                "until",
                browser.until().toString(),
                "address",
                browser.place().address(),
                "agent",
                browser.place().agent());
    }

    AdminAnswer forgetBrowser(AdminRequest request) {
        Person person = person(request);
        power.actOn(request.by(), person);
        holdings.forgetBrowser(person.account(), request.part(), request.by().actor());
        return AdminAnswer.nothing();
    }

    private Person person(AdminRequest request) {
        return directory
                .register()
                .byId(request.id())
                .orElseThrow(() -> Refused.missing("account"));
    }

    private static AdminAnswer list(String name, List<Map<String, Object>> all) {
        return AdminAnswer.of(200, AdminAnswer.JSON, Map.of(name, all));
    }
}
