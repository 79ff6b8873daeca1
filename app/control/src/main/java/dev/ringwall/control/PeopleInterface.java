package dev.ringwall.control;

import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Administering;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.people.Newcomers;
import dev.ringwall.people.PersonalData;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// All that is kept about one person, for the command line with the operator's certificate. Every act is recorded before it happens.
final class PeopleInterface {

    /// How long an erasure waits for nodes to take up that tokens have ended.
    private static final Duration NODES_WITHIN = Duration.ofSeconds(2);

    private final Supplier<IdentityProvider> identity;
    private final Published published;

    PeopleInterface(Supplier<IdentityProvider> identity, Published published) {
        this.identity = identity;
        this.published = published;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("POST " + Administering.EXPORT, with(Operating.Named.class, this::export));
        Exchange.Handler erasing = with(Administering.Erasure.class, this::erase);
        handlers.put(
                "POST " + Administering.ERASE,
                exchange -> {
                    Exchange.Answer answer = erasing.answer(exchange);
                    published.awaitRosterTaken(NODES_WITHIN);
                    return answer;
                });
        handlers.put("POST " + Administering.IMPORT, with(Administering.Batch.class, this::add));
        return OperatorInterface.operatorOnly(handlers);
    }

    private static <T> Exchange.Handler with(
            Class<T> type, BiFunction<T, Exchange, Exchange.Answer> handler) {
        return exchange ->
                switch (exchange.body(type)) {
                    case Json.Parsed.Malformed<T>(String why) -> Exchange.unusable(why);
                    case Json.Parsed.Value<T>(T value) -> handler.apply(value, exchange);
                };
    }

    private Exchange.Answer export(Operating.Named which, Exchange exchange) {
        return identity.get()
                .directory()
                .personalData()
                .of(which.name(), OperatorInterface.operator(exchange))
                .map(kept ->
                        Exchange.done(
                                new Administering.Person(
                                        kept.account().id(),
                                        kept.account().name(),
                                        kept.records())))
                .orElseGet(() -> noSuchAccount(which.name()));
    }

    private Exchange.Answer erase(Administering.Erasure wanted, Exchange exchange) {
        PersonalData data = identity.get().directory().personalData();
        if (!wanted.really()) {
            return data.count(wanted.name())
                    .map(counted ->
                            Exchange.done(
                                    new Administering.Erased(
                                            counted.account().id(), null, counted.rows())))
                    .orElseGet(() -> noSuchAccount(wanted.name()));
        }
        return data.erase(wanted.name(), OperatorInterface.operator(exchange))
                .map(erased ->
                        Exchange.done(
                                new Administering.Erased(
                                        erased.account().id(), erased.receipt(), erased.rows())))
                .orElseGet(() -> noSuchAccount(wanted.name()));
    }

    private Exchange.Answer add(Administering.Batch batch, Exchange exchange) {
        if (batch.accounts().size() > Administering.BATCH_MAX) {
            return Exchange.unusable(
                    batch.accounts().size()
                            + " accounts (expected: at most "
                            + Administering.BATCH_MAX
                            + " at a time)");
        }
        return Exchange.done(
                new Administering.Fates(
                        identity
                                .get()
                                .directory()
                                .newcomers()
                                .add(
                                        batch.accounts().stream()
                                                .map(PeopleInterface::newcomer)
                                                .toList(),
                                        batch.dry(),
                                        OperatorInterface.operator(exchange))
                                .stream()
                                .map(PeopleInterface::fate)
                                .toList()));
    }

    private static Newcomers.Newcomer newcomer(Administering.Newcomer one) {
        return new Newcomers.Newcomer(
                one.name(),
                Set.copyOf(one.roles()),
                Optional.ofNullable(one.hash()),
                one.disabled());
    }

    private static Administering.Fate fate(Newcomers.Fate fate) {
        return switch (fate) {
            case Newcomers.Fate.Added() -> new Administering.Fate("added", null);
            case Newcomers.Fate.There() -> new Administering.Fate("there", null);
            case Newcomers.Fate.Unusable(String why) -> new Administering.Fate("unusable", why);
        };
    }

    private static Exchange.Answer noSuchAccount(String name) {
        return Exchange.missing(
                "there is no account `"
                        + name
                        + "` (expected: a name that `ringwall user list` shows)");
    }
}
