package dev.ringwall.control;

import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.link.Administering;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.people.OutsideLinks;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// By which accounts elsewhere people come in, for the command line with the operator's certificate. Every act is recorded before it happens.
final class LinkInterface {

    /// How long an act waits for nodes to take it up; one that is slower takes it up later.
    private static final Duration NODES_WITHIN = Duration.ofSeconds(2);

    private final Supplier<IdentityProvider> identity;
    private final Published published;

    LinkInterface(Supplier<IdentityProvider> identity, Published published) {
        this.identity = identity;
        this.published = published;
    }

    Map<String, Exchange.Handler> handlers() {
        Map<String, Exchange.Handler> handlers = new HashMap<>();
        handlers.put("GET " + Administering.LINKS, this::links);
        handlers.put("POST " + Administering.UNLINK, this::unlink);
        return OperatorInterface.operatorOnly(handlers);
    }

    private OutsideLinks all() {
        return identity.get().directory().byProvider().links();
    }

    private Exchange.Answer links(Exchange exchange) {
        String name = exchange.query().getOrDefault("name", "");
        return all().ofName(name)
                .map(links ->
                        Exchange.done(
                                new Administering.Links(
                                        links.stream()
                                                .map(link ->
                                                        new Administering.Link(
                                                                link.provider(),
                                                                link.issuer(),
                                                                link.subject(),
                                                                link.since()))
                                                .toList())))
                .orElseGet(() -> Exchange.missing("there is no account `" + name + "`"));
    }

    private Exchange.Answer unlink(Exchange exchange) throws InterruptedException {
        return switch (exchange.body(Administering.Unlinking.class)) {
            case Json.Parsed.Malformed<Administering.Unlinking>(String why) ->
                    Exchange.unusable(why);
            case Json.Parsed.Value<Administering.Unlinking>(Administering.Unlinking which) ->
                    answer(
                            all().remove(
                                            which.name(),
                                            which.provider(),
                                            OperatorInterface.operator(exchange)),
                            which);
        };
    }

    private Exchange.Answer answer(OutsideLinks.Change change, Administering.Unlinking which)
            throws InterruptedException {
        if (change != OutsideLinks.Change.DONE) {
            return Exchange.missing(
                    "`"
                            + which.name()
                            + "` is not linked to `"
                            + which.provider()
                            + "`; `ringwall user links` shows what there is");
        }
        published.awaitRosterTaken(NODES_WITHIN);
        return Exchange.done(new Operating.Ended(1));
    }
}
