package dev.ringwall.control;

import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.model.Nearest;
import dev.ringwall.people.Account;
import dev.ringwall.people.Accounts;
import dev.ringwall.people.ApiKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// Accounts and API keys, for the command line with the operator's certificate. Every act is recorded by the identity
/// provider before it happens.
final class DirectoryInterface {

    private static final int PASSWORD_BYTES = 15;

    /// How long an act waits for nodes to take it up; one that is slower takes it up later.
    private static final Duration NODES_WITHIN = Duration.ofSeconds(2);

    private final Supplier<IdentityProvider> identity;
    private final Published published;
    private final SecureRandom random = new SecureRandom();

    DirectoryInterface(Supplier<IdentityProvider> identity, Published published) {
        this.identity = identity;
        this.published = published;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("GET " + Operating.ACCOUNTS, _ -> accounts());
        handlers.put("POST " + Operating.ACCOUNTS, with(Operating.NewAccount.class, this::create));
        handlers.put(
                "POST " + Operating.ACCOUNTS_DISABLE, with(Operating.Named.class, this::disable));
        handlers.put(
                "POST " + Operating.ACCOUNTS_PASSWORD,
                with(Operating.NewPassword.class, this::password));
        handlers.put("GET " + Operating.KEYS, _ -> keys());
        handlers.put("POST " + Operating.KEYS, with(Operating.NewKey.class, this::createKey));
        handlers.put("POST " + Operating.KEYS_REVOKE, with(Operating.Named.class, this::revokeKey));
        return OperatorInterface.operatorOnly(handlers);
    }

    /// Changes something, and answers once the nodes decide by it.
    private <T> Exchange.Handler with(
            Class<T> type, BiFunction<T, Exchange, Exchange.Answer> handler) {
        return exchange ->
                switch (exchange.body(type)) {
                    case Json.Parsed.Malformed<T>(String why) -> Exchange.unusable(why);
                    case Json.Parsed.Value<T>(T value) -> {
                        Exchange.Answer answer = handler.apply(value, exchange);
                        published.awaitRosterTaken(NODES_WITHIN);
                        yield answer;
                    }
                };
    }

    private Exchange.Answer accounts() {
        return Exchange.done(
                new Operating.Accounts(
                        identity.get().accounts().list().stream()
                                .map(account ->
                                        new Operating.Account(
                                                account.id(),
                                                account.name(),
                                                new ArrayList<>(account.roles()),
                                                account.disabled(),
                                                account.created()))
                                .toList()));
    }

    private Exchange.Answer create(Operating.NewAccount wanted, Exchange exchange) {
        String given = wanted.password();
        String password = given == null ? made() : given;
        Accounts.Outcome outcome =
                identity.get()
                        .accounts()
                        .create(
                                wanted.name(),
                                wanted.roles(),
                                password,
                                OperatorInterface.operator(exchange));
        return switch (outcome) {
            case Accounts.Outcome.Done(Account account) ->
                    Exchange.done(
                            new Operating.CreatedAccount(
                                    account.id(), account.name(), given == null ? password : null));
            case Accounts.Outcome.NameTaken(String name) ->
                    new Exchange.Answer.Refused(
                            409, "name-taken", "there is an account " + name + " already");
            case Accounts.Outcome.Unknown(String name) -> noSuchAccount(name);
            case Accounts.Outcome.Unusable(String why) -> Exchange.unusable(why);
        };
    }

    private String made() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Exchange.Answer disable(Operating.Named which, Exchange exchange) {
        return done(
                identity.get()
                        .accounts()
                        .disable(which.name(), true, OperatorInterface.operator(exchange)));
    }

    private Exchange.Answer password(Operating.NewPassword next, Exchange exchange) {
        return done(
                identity.get()
                        .accounts()
                        .setPassword(
                                next.name(),
                                next.password(),
                                OperatorInterface.operator(exchange)));
    }

    private Exchange.Answer done(Accounts.Outcome outcome) {
        return switch (outcome) {
            case Accounts.Outcome.Done _ -> Exchange.done();
            case Accounts.Outcome.NameTaken(String name) ->
                    Exchange.unusable("there is an account " + name + " already");
            case Accounts.Outcome.Unknown(String name) -> noSuchAccount(name);
            case Accounts.Outcome.Unusable(String why) -> Exchange.unusable(why);
        };
    }

    private Exchange.Answer keys() {
        return Exchange.done(
                new Operating.Keys(
                        identity.get().keys().list().stream()
                                .map(key ->
                                        new Operating.Key(
                                                key.id(),
                                                key.role(),
                                                key.created(),
                                                key.expires().orElse(null),
                                                key.revoked()))
                                .toList()));
    }

    private Exchange.Answer createKey(Operating.NewKey wanted, Exchange exchange) {
        return switch (identity.get()
                .keys()
                .create(wanted.role(), OperatorInterface.operator(exchange))) {
            case ApiKeys.Outcome.Created(ApiKeys.Key key, String shown) ->
                    Exchange.done(
                            new Operating.CreatedKey(key.id(), shown, key.expires().orElse(null)));
            case ApiKeys.Outcome.NoSuchRole(String role) ->
                    Exchange.unusable("there is no role " + role + " with `login: api-key`");
            case ApiKeys.Outcome.Revoked _, ApiKeys.Outcome.Unknown _ ->
                    throw new IllegalStateException("not of a creation");
        };
    }

    private Exchange.Answer revokeKey(Operating.Named which, Exchange exchange) {
        return switch (identity.get()
                .keys()
                .revoke(which.name(), OperatorInterface.operator(exchange))) {
            case ApiKeys.Outcome.Revoked _ -> Exchange.done();
            case ApiKeys.Outcome.Unknown(String id) ->
                    noSuch(
                            "key",
                            id,
                            identity.get().keys().list().stream().map(ApiKeys.Key::id).toList());
            case ApiKeys.Outcome.Created _, ApiKeys.Outcome.NoSuchRole _ ->
                    throw new IllegalStateException("not of a revocation");
        };
    }

    private Exchange.Answer noSuchAccount(String name) {
        return noSuch(
                "account",
                name,
                identity.get().accounts().list().stream().map(Account::name).toList());
    }

    private static Exchange.Answer noSuch(String kind, String name, List<String> known) {
        return Exchange.missing(
                "there is no "
                        + kind
                        + " `"
                        + name
                        + "`; "
                        + Nearest.hint(name, known, "the list shows those that there are"));
    }
}
