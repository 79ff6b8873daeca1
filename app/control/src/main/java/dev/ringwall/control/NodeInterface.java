package dev.ringwall.control;

import dev.ringwall.audit.Batch;
import dev.ringwall.audit.EventStore;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Ids;
import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Issued;
import dev.ringwall.keys.JoinToken;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.link.EventLines;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Counters;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What nodes may ask. Each question but the first needs a certificate of this system; what is asked is held against the name in it.
final class NodeInterface {

    private static final String GATEWAY = "gateway";
    private static final String DOOR = "door";

    private final ControlStore store;
    private final CertificateAuthority authority;
    private final EventStore events;
    private final Journal journal;
    private final Published published;
    private final Supplier<Blueprint> blueprint;
    private final SecretStore secrets;
    private final Instances instances;
    private final Nodes nodes;
    private final JoinDoor joinDoor;
    private final InstantSource clock;
    private final Ids ids;

    NodeInterface(
            ControlStore store,
            CertificateAuthority authority,
            EventStore events,
            Journal journal,
            Published published,
            Supplier<Blueprint> blueprint,
            SecretStore secrets,
            Instances instances,
            Nodes nodes,
            JoinDoor joinDoor,
            InstantSource clock) {
        this.store = store;
        this.authority = authority;
        this.events = events;
        this.journal = journal;
        this.published = published;
        this.blueprint = blueprint;
        this.secrets = secrets;
        this.instances = instances;
        this.nodes = nodes;
        this.joinDoor = joinDoor;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    Map<String, Exchange.Handler> handlers() {
        return Map.of(
                "POST " + Messages.JOIN, this::join,
                "POST " + Messages.RENEW, forNodes(this::renew),
                "GET " + Messages.NEWS, forNodes(this::news),
                "POST " + Messages.EVENTS, forNodes(this::take),
                "POST " + Messages.ENDPOINTS, forNodes(instances::announce),
                "POST " + Messages.LEAVE, forNodes(this::leave),
                "POST " + Messages.REPORT, forNodes(this::report),
                "GET " + Messages.SECRETS, forNodes(this::credentials));
    }

    /// A question of a node that has shown who it is.
    @FunctionalInterface
    private interface OfNode {
        Exchange.Answer answer(Member node, Exchange exchange) throws Exception;
    }

    private Exchange.Handler forNodes(OfNode question) {
        return exchange -> {
            Optional<String> name = exchange.peer().filter(this::isNode);
            if (name.isEmpty()) {
                return Exchange.forbidden("this needs the certificate of a node of this system");
            }
            Member node = member(name.get(), exchange);
            instances.heard(node);
            return question.answer(node, exchange);
        };
    }

    private Member member(String name, Exchange exchange) {
        return new Member(name, exchange.instance().orElseGet(() -> store.instances().only(name)));
    }

    private boolean isNode(String name) {
        return name.equals(GATEWAY)
                || blueprint.get().programs().stream()
                        .anyMatch(service -> service.name().equals(name));
    }

    private Exchange.Answer join(Exchange exchange) {
        if (joinDoor.turnsAway(exchange.address())) {
            return new Exchange.Answer.Refused(
                    429, "too-many", "refused too often; try again in a minute");
        }
        if (!(exchange.body(Messages.Join.class)
                instanceof Json.Parsed.Value<Messages.Join>(Messages.Join join))) {
            return Exchange.unusable("not a join request");
        }
        if (!(JoinToken.parse(join.token()) instanceof JoinToken.Parsed.Token(JoinToken token))) {
            return refuseNode("-", exchange, "not a join token");
        }
        return switch (store.useJoinToken(token.id(), token.secretSha256(), clock.instant())) {
            case ControlStore.Admission.Refused(String why) ->
                    refuseNode(token.id(), exchange, why);
            case ControlStore.Admission.Admitted(List<String> names, Optional<String> instance) ->
                    admit(token.id(), names, instance.orElseGet(ids::next), join, exchange);
        };
    }

    private Exchange.Answer admit(
            String token,
            List<String> names,
            String instance,
            Messages.Join join,
            Exchange exchange) {
        Map<String, String> chains = new HashMap<>();
        for (Map.Entry<String, String> request : join.requests().entrySet()) {
            String name = request.getKey();
            String as = name.equals(DOOR) ? GATEWAY : name;
            if (!names.contains(as) || !isNode(as)) {
                return refuseNode(token, exchange, "the join token is not for " + name);
            }
            switch (authority.issue(request.getValue(), profile(name, instance))) {
                case Issued.Refused(String why) -> {
                    return refuseNode(token, exchange, why);
                }
                case Issued.Certificate certificate -> chains.put(name, certificate.pem());
            }
        }
        journal.administered(
                AdminAct.NODE_JOINED,
                String.join(",", names),
                Map.of("token", token, "address", exchange.address(), "instance", instance));
        store.instances().joined(instance, names, clock.instant());
        return Exchange.done(new Messages.Joined(chains));
    }

    private Exchange.Answer refuseNode(String token, Exchange exchange, String why) {
        joinDoor.refused(exchange.address(), token, why);
        return Exchange.forbidden(why);
    }

    private Profile profile(String name, String instance) {
        Blueprint system = blueprint.get();
        return name.equals(DOOR)
                ? new Profile.Door(
                        system.declaration().door().served(system.declaration().domain()))
                : new Profile.Workload(
                        new SpiffeId(system.system(), name), Set.of(), Optional.of(instance));
    }

    private Exchange.Answer renew(Member node, Exchange exchange) {
        if (!(exchange.body(Messages.Renew.class)
                instanceof Json.Parsed.Value<Messages.Renew>(Messages.Renew renew))) {
            return Exchange.unusable("not a renewal");
        }
        boolean own =
                renew.name().equals(node.name())
                        || (renew.name().equals(DOOR) && node.name().equals(GATEWAY));
        if (!own) {
            return Exchange.forbidden(node.name() + " renews its own certificates only");
        }
        return switch (authority.issue(renew.request(), profile(renew.name(), node.instance()))) {
            case Issued.Refused(String why) -> Exchange.unusable(why);
            case Issued.Certificate certificate -> {
                journal.administered(
                        AdminAct.CERTIFICATE_ISSUED,
                        renew.name(),
                        Map.of("address", exchange.address()));
                yield Exchange.done(new Messages.Renewed(certificate.pem()));
            }
        };
    }

    private Exchange.Answer news(Member node, Exchange exchange) throws InterruptedException {
        Published.Newer newer =
                published.awaitNewer(
                        node,
                        exchange.number("bundle", 0),
                        exchange.number("roster", 0),
                        Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS));
        return Exchange.done(new Messages.News(newer.bundle(), newer.roster()));
    }

    private Exchange.Answer take(Member node, Exchange exchange) {
        String spool = exchange.query().get("spool");
        long first = exchange.number("first", 0);
        List<byte[]> sent = EventLines.split(exchange.body());
        if (spool == null
                || !Ids.wellFormed(spool)
                || first < 1
                || sent.size() > Batch.EVENTS_MAX) {
            return Exchange.unusable(
                    "not a batch of events (expected: spool, first, and at most "
                            + Batch.EVENTS_MAX
                            + " lines)");
        }
        Batch batch = new Batch(spool, first, sent);
        return switch (events.accept(node.name(), speaksFor(node), batch)) {
            case EventStore.Accepted.UpTo(long sequence) ->
                    Exchange.done(new Messages.Ack(sequence));
            case EventStore.Accepted.NotYet(String why) ->
                    new Exchange.Answer.Refused(503, "not-yet", why);
        };
    }

    /// The names that it speaks for: its own, and those that it joined as together with that.
    private Set<String> speaksFor(Member node) {
        Set<String> names = new TreeSet<>(store.instances().namesOf(node.instance()));
        names.add(node.name());
        return names;
    }

    private Exchange.Answer report(Member node, Exchange exchange) {
        return switch (nodes.report(node, speaksFor(node), exchange)) {
            case Nodes.Taken.Refused(Exchange.Answer why) -> why;
            case Nodes.Taken.Known(List<String> carries) -> {
                Set<String> services = blueprint.get().declaration().services().keySet();
                yield Exchange.done(
                        new Messages.Noted(
                                instances.missing(
                                        node,
                                        carries.stream().filter(services::contains).toList())));
            }
        };
    }

    private Exchange.Answer leave(Member node, Exchange exchange) throws InterruptedException {
        nodes.left(node);
        return instances.leave(node);
    }

    /// The credentials of those third parties that the service's `calls` name, and what opens the counters; no others.
    private Exchange.Answer credentials(Member node, Exchange exchange) {
        Declaration declaration = blueprint.get().declaration();
        List<String> wanted = new ArrayList<>();
        declaration.counters().flatMap(Counters::secret).ifPresent(wanted::add);
        Service service = declaration.services().get(node.name());
        if (service == null) {
            return node.name().equals(GATEWAY)
                    ? Exchange.done(
                            secrets.handOutToGateway(node, exchange.number("have", 0), wanted))
                    : Exchange.done(new Messages.Secrets(0, Map.of()));
        }
        for (OperationName call : service.calls().keySet()) {
            ThirdParty party = declaration.thirdParties().get(call.owner());
            if (party != null) {
                party.credential().ifPresent(credential -> wanted.add(credential.secret()));
            }
        }
        return Exchange.done(secrets.handOut(node, exchange.number("have", 0), wanted));
    }
}
