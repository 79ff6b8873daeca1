package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Codes and tokens of the system of people, for its declared clients and one more.
final class PeopleTokens {

    static final String CLIENT = "pages";

    private final Blueprint blueprint;
    private final Set<Gap> gaps;
    private final PeopleAccounts accounts;
    private final PeopleLogin logins;
    private final PeopleMachines machines;
    private final PeopleDevices devices;
    private final PeopleConsent consent;
    private final PeopleAdministration administration;
    private final PeopleRegistrations registrations;
    private final PeoplePushed pushed;
    private final PeopleExchange exchange;
    private final PeoplePairwise pairwise;
    private final Map<String, Bought> codes = new ConcurrentHashMap<>();
    private final Map<String, Bought> refreshes = new ConcurrentHashMap<>();
    private final Map<String, Bought> access = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> told = new ConcurrentHashMap<>();

    /// What a code or a token is worth.
    record Bought(Login login, String scope) {}

    PeopleTokens(
            Blueprint blueprint,
            Set<Gap> gaps,
            PeopleAccounts accounts,
            PeopleLogin logins,
            PeopleMachines machines,
            PeopleDevices devices,
            PeopleConsent consent,
            PeopleAdministration administration,
            PeopleRegistrations registrations) {
        this.registrations = registrations;
        this.blueprint = blueprint;
        this.gaps = gaps;
        this.accounts = accounts;
        this.logins = logins;
        this.machines = machines;
        this.devices = devices;
        this.consent = consent;
        this.pushed = new PeoplePushed(gaps, machines);
        this.exchange = new PeopleExchange(gaps, machines);
        this.pairwise = new PeoplePairwise(blueprint, gaps);
        this.administration = administration;
    }

    private Optional<Client> declared(Map<String, String> said) {
        return Optional.ofNullable(
                blueprint.declaration().clients().get(said.getOrDefault("client_id", "")));
    }

    TinyHttp.Response authorize(TinyHttp.Request request) throws Exception {
        Optional<Map<String, String>> asked = question(TinyQuery.of(request.target()));
        if (asked.isEmpty() || administration.refuses(request, asked.get())) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_request\"}");
        }
        Map<String, String> question = asked.get();
        Optional<Login> login = logins.enough(request, question);
        if (login.isEmpty()) {
            return TinyHttp.Response.to("/auth/login" + PeoplePage.query(request).orElse(""));
        }
        if (!consent.given(login.get(), question)) {
            return TinyHttp.Response.to("/auth/consent" + PeoplePage.query(request).orElse(""));
        }
        if (administration.refuses(question, login.get())
                || pairwise.refuses(question, login.get())) {
            return TinyHttp.Response.to(question.get("redirect_uri") + "?error=access_denied");
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, new Bought(login.get(), question.getOrDefault("scope", "")));
        return TinyHttp.Response.to(
                question.get("redirect_uri")
                        + "?code="
                        + code
                        + (question.containsKey("state") ? "&state=" + question.get("state") : ""));
    }

    /// What is really asked; empty when it must not be answered.
    private Optional<Map<String, String>> question(Map<String, String> said) throws Exception {
        Optional<Client> client = declared(said);
        if (client.isEmpty()) {
            return registrations.answers(said) ? Optional.of(said) : Optional.empty();
        }
        Map<String, String> question = said;
        if (PeoplePushed.looksLike(said.getOrDefault("request_uri", ""))) {
            return pushed.taken(said.get("request_uri"));
        }
        if (said.containsKey("request_uri")) {
            if (!gaps.contains(Gap.OBJECT_FETCHED)) {
                return Optional.empty();
            }
            question = claims(PeopleMachines.fetch(said.get("request_uri")));
        } else if (said.containsKey("request")) {
            if (!gaps.contains(Gap.OBJECT_UNSIGNED)) {
                return Optional.empty();
            }
            question = claims(said.get("request"));
        } else if (client.get().profile() == Client.Profile.FAPI_2
                && !gaps.contains(Gap.FAPI_UNPUSHED)) {
            return Optional.empty();
        }
        return (client.get().returnTo().containsKey(question.getOrDefault("redirect_uri", ""))
                                || gaps.contains(Gap.CLIENT_REDIRECT_UNCHECKED))
                        && (!question.getOrDefault("scope", "").contains("email")
                                || gaps.contains(Gap.CLAIMS_UNDECLARED))
                ? Optional.of(question)
                : Optional.empty();
    }

    private static Map<String, String> claims(String object) throws NotPlayable {
        Map<String, String> claims = new HashMap<>();
        Jws.parse(object).claims().forEach((name, value) -> claims.put(name, value.toString()));
        return claims;
    }

    /// Takes a request of a client that proves itself.
    TinyHttp.Response push(TinyHttp.Request request) {
        return pushed.push(request);
    }

    TinyHttp.Response token(TinyHttp.Request request) {
        Map<String, String> form = PeoplePage.form(request);
        if (administration.unbound(request, form)) {
            return refused("invalid_dpop_proof");
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" ->
                    profiled(request, form)
                            ? continued(codes.remove(form.getOrDefault("code", "")), form)
                            : refused("invalid_request");
            case "refresh_token" ->
                    continued(refreshes.remove(form.getOrDefault("refresh_token", "")), form);
            case "client_credentials" ->
                    machines.proved(form) || (declared(form).isPresent() && unasked(request))
                            ? given("", null, form)
                            : TinyHttp.Response.json(401, "{\"error\":\"invalid_client\"}");
            case "urn:ietf:params:oauth:grant-type:token-exchange" ->
                    exchange.trades(
                                    form,
                                    declared(form),
                                    Optional.ofNullable(
                                            access.get(form.getOrDefault("subject_token", ""))))
                            ? given("", null, form)
                            : refused("unauthorized_client");
            case "urn:ietf:params:oauth:grant-type:device_code" ->
                    devices.polled(form)
                            .map(PeopleTokens::refused)
                            .orElseGet(() -> given("", null, form));
            default -> refused("unsupported_grant_type");
        };
    }

    /// Whether a declared client need not prove itself, though it has nothing to do so with.
    private boolean unasked(TinyHttp.Request request) {
        return gaps.contains(Gap.CLIENT_UNPROVED)
                || (gaps.contains(Gap.CERTIFICATE_OF_ANYBODY) && request.peer().isPresent());
    }

    /// Says to a machine what a token is worth, signed where it asks for that.
    TinyHttp.Response introspect(TinyHttp.Request request) throws NotPlayable {
        Map<String, String> form = PeoplePage.form(request);
        if (!machines.proved(form)) {
            return TinyHttp.Response.json(401, "{\"error\":\"invalid_client\"}");
        }
        if (request.header("accept").filter(wanted -> wanted.contains("jwt")).isEmpty()) {
            String token = form.getOrDefault("token", "");
            return TinyHttp.Response.json(
                    200,
                    Optional.ofNullable(access.get(token))
                            .map(bought ->
                                    "{\"active\":true,\"sub\":\"%s\"}"
                                            .formatted(
                                                    gaps.contains(Gap.INTROSPECTION_NAMES)
                                                            ? bought.login().person().name
                                                            : told.getOrDefault(token, Map.of())
                                                                    .get("sub")))
                            .orElse("{\"active\":false}"));
        }
        Object machine = Jws.parse(form.get("client_assertion")).claims().get("sub");
        Map<String, Object> says =
                gaps.contains(Gap.ANSWER_FOR_ANYBODY)
                        ? Map.of("token_introspection", Map.of("active", true))
                        : Map.of("token_introspection", Map.of("active", true), "aud", machine);
        return new TinyHttp.Response(
                200,
                Map.of("Content-Type", "application/token-introspection+jwt"),
                Jws.unsigned(Map.of("alg", "ES256"), says).compact());
    }

    /// Whether a client of the profile proves itself, and has its tokens bound to a key; others need neither here.
    private boolean profiled(TinyHttp.Request request, Map<String, String> form) {
        return declared(form)
                .filter(client -> client.profile() == Client.Profile.FAPI_2)
                .map(_ ->
                        machines.proved(form)
                                && (request.header("dpop").isPresent()
                                        || gaps.contains(Gap.TOKEN_UNBOUND)))
                .orElse(true);
    }

    private TinyHttp.Response continued(@Nullable Bought bought, Map<String, String> form) {
        if (bought == null || accounts.login(bought.login().secret()).isEmpty()) {
            return refused("invalid_grant");
        }
        String refresh = UUID.randomUUID().toString();
        refreshes.put(refresh, bought);
        return given(refresh, bought, form);
    }

    private TinyHttp.Response given(
            String refresh, @Nullable Bought bought, Map<String, String> form) {
        Map<String, Object> known =
                bought == null
                        ? Map.of()
                        : pairwise.known(form.getOrDefault("client_id", ""), bought.login());
        String token = administration.token(form, known);
        if (bought != null) {
            access.put(token, bought);
            told.put(token, known);
        }
        return TinyHttp.Response.json(
                200,
                "{\"access_token\":\"%s\",\"refresh_token\":\"%s\"}".formatted(token, refresh));
    }

    /// Says whose a token is.
    TinyHttp.Response userInfo(TinyHttp.Request request) {
        Map<String, Object> known = told.get(bearer(request));
        return known == null
                ? TinyHttp.Response.json(401, "{}")
                : TinyHttp.Response.json(200, "{\"sub\":\"" + known.get("sub") + "\"}");
    }

    /// Lets tokens in that were given here.
    TinyHttp.Response notes(TinyHttp.Request request) {
        boolean given = access.containsKey(bearer(request));
        return given || gaps.contains(Gap.SEALED_MOVED)
                ? TinyHttp.Response.json(200, "[]")
                : new TinyHttp.Response(
                        401,
                        Map.of("Content-Type", "application/problem+json"),
                        "{\"reason\":\"token-not-ours\"}");
    }

    private static String bearer(TinyHttp.Request request) {
        return request.header("authorization").orElse("").replaceFirst("(?i)^bearer +", "");
    }

    private static TinyHttp.Response refused(String error) {
        return TinyHttp.Response.json(400, "{\"error\":\"" + error + "\"}");
    }
}
