package dev.ringwall.control;

import dev.ringwall.events.Actor;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Holding;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.model.Nearest;
import dev.ringwall.people.Account;
import dev.ringwall.people.ByMail;
import dev.ringwall.people.Factor;
import dev.ringwall.people.Holdings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Second factors, logins and invitations of people, for the command line with the operator's certificate.
final class HoldingsInterface {

    /// How long an act waits for nodes to take it up; one that is slower takes it up later.
    private static final Duration NODES_WITHIN = Duration.ofSeconds(2);

    private final Supplier<IdentityProvider> identity;
    private final Published published;

    HoldingsInterface(Supplier<IdentityProvider> identity, Published published) {
        this.identity = identity;
        this.published = published;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("GET " + Holding.FACTORS, this::factors);
        handlers.put("POST " + Holding.FACTORS_REMOVE, this::removeFactors);
        handlers.put("POST " + Operating.ACCOUNTS_INVITE, this::invite);
        handlers.put("GET " + Operating.ACCOUNTS_LOGINS, this::logins);
        handlers.put("POST " + Operating.ACCOUNTS_LOGINS_END, this::endLogins);
        return OperatorInterface.operatorOnly(handlers);
    }

    private Exchange.Answer factors(Exchange exchange) {
        String name = exchange.query().getOrDefault("name", "");
        Optional<List<Factor>> factors = identity.get().holdings().factors(name);
        return factors.isEmpty()
                ? noSuchAccount(name)
                : Exchange.done(
                        new Holding.Factors(
                                factors.get().stream()
                                        .map(factor ->
                                                new Holding.Factor(
                                                        factor.kind().word(),
                                                        factor.id(),
                                                        factor.name(),
                                                        factor.since(),
                                                        factor.used().orElse(null),
                                                        factor.left().isPresent()
                                                                ? factor.left().getAsInt()
                                                                : null))
                                        .toList()));
    }

    private Exchange.Answer invite(Exchange exchange) {
        return switch (exchange.body(Operating.Invitation.class)) {
            case Json.Parsed.Malformed<Operating.Invitation>(String why) -> Exchange.unusable(why);
            case Json.Parsed.Value<Operating.Invitation>(Operating.Invitation wanted) ->
                    switch (identity.get()
                            .invite(
                                    wanted.mail(),
                                    wanted.roles(),
                                    OperatorInterface.operator(exchange))) {
                        case ByMail.Asking.Begun _ -> Exchange.done();
                        case ByMail.Asking.NoAddress() ->
                                Exchange.unusable(
                                        "`" + wanted.mail() + "` (expected: an address of e-mail)");
                        case ByMail.Asking.Closed(String why) -> Exchange.unusable(why);
                        case ByMail.Asking.Slow _ -> Exchange.unusable("too many letters");
                    };
        };
    }

    private Exchange.Answer removeFactors(Exchange exchange) throws InterruptedException {
        return switch (exchange.body(Holding.RemoveFactors.class)) {
            case Json.Parsed.Malformed<Holding.RemoveFactors>(String why) -> Exchange.unusable(why);
            case Json.Parsed.Value<Holding.RemoveFactors>(Holding.RemoveFactors which) -> {
                Holdings holdings = identity.get().holdings();
                Actor by = OperatorInterface.operator(exchange);
                yield answer(
                        which.id() == null
                                ? holdings.removeFactors(which.name(), by)
                                : holdings.removeOne(which.name(), which.id(), by));
            }
        };
    }

    private Exchange.Answer logins(Exchange exchange) {
        String name = exchange.query().getOrDefault("name", "");
        Optional<List<Holdings.Login>> logins = identity.get().holdings().logins(name);
        return logins.isEmpty()
                ? noSuchAccount(name)
                : Exchange.done(
                        new Operating.Logins(
                                logins.get().stream()
                                        .map(login ->
                                                new Operating.Login(
                                                        login.sid(),
                                                        login.since(),
                                                        login.until(),
                                                        login.methods(),
                                                        login.place().address(),
                                                        login.place().agent()))
                                        .toList()));
    }

    private Exchange.Answer endLogins(Exchange exchange) throws InterruptedException {
        return switch (exchange.body(Operating.EndLogins.class)) {
            case Json.Parsed.Malformed<Operating.EndLogins>(String why) -> Exchange.unusable(why);
            case Json.Parsed.Value<Operating.EndLogins>(Operating.EndLogins which) ->
                    answer(
                            identity.get()
                                    .holdings()
                                    .endLogins(
                                            which.name(),
                                            Optional.ofNullable(which.id()),
                                            OperatorInterface.operator(exchange)));
        };
    }

    /// Answers once the nodes decide by it.
    private Exchange.Answer answer(Holdings.Outcome outcome) throws InterruptedException {
        return switch (outcome) {
            case Holdings.Outcome.Done(int count) -> {
                published.awaitRosterTaken(NODES_WITHIN);
                yield Exchange.done(new Operating.Ended(count));
            }
            case Holdings.Outcome.NoSuchAccount(String name) -> noSuchAccount(name);
            case Holdings.Outcome.NoSuchFactor(String id) ->
                    Exchange.missing(
                            "the account has no second factor `"
                                    + id
                                    + "`; `ringwall user factors` shows those that it has");
            case Holdings.Outcome.NoSuchLogin(String sid) ->
                    Exchange.missing(
                            "the account has no login `"
                                    + sid
                                    + "`; `ringwall user sessions` shows those that it has");
        };
    }

    private Exchange.Answer noSuchAccount(String name) {
        List<String> known = identity.get().accounts().list().stream().map(Account::name).toList();
        return Exchange.missing(
                "there is no account `"
                        + name
                        + "`; "
                        + Nearest.hint(
                                name, known, "`ringwall user list` shows those that there are"));
    }
}
