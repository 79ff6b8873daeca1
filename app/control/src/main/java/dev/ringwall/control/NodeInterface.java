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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What nodes may ask. Each question but the first needs a certificate of this system; what is asked is held against the name in it.
final class NodeInterface {

    private static final String GATEWAY = "gateway";
    private static final String DOOR = "door";
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9A-Za-z.:\\[\\]-]{1,255}:[0-9]{1,5}");

    private final ControlStore store;
    private final CertificateAuthority authority;
    private final EventStore events;
    private final Journal journal;
    private final Published published;
    private final Supplier<Blueprint> blueprint;
    private final SecretStore secrets;
    private final EndpointsChanged endpointsChanged;
    private final Nodes nodes;
    private final JoinDoor joinDoor;
    private final InstantSource clock;

    /// Called when a sidecar listens somewhere else than before.
    @FunctionalInterface
    interface EndpointsChanged {
        void publish();
    }

    NodeInterface(
            ControlStore store,
            CertificateAuthority authority,
            EventStore events,
            Journal journal,
            Published published,
            Supplier<Blueprint> blueprint,
            SecretStore secrets,
            EndpointsChanged endpointsChanged,
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
        this.endpointsChanged = endpointsChanged;
        this.nodes = nodes;
        this.joinDoor = joinDoor;
        this.clock = clock;
    }

    Map<String, Exchange.Handler> handlers() {
        return Map.of(
                "POST " + Messages.JOIN, this::join,
                "POST " + Messages.RENEW, forNodes(this::renew),
                "GET " + Messages.NEWS, forNodes(this::news),
                "POST " + Messages.EVENTS, forNodes(this::take),
                "POST " + Messages.ENDPOINTS, forNodes(this::endpoints),
                "POST " + Messages.REPORT, forNodes(nodes::report),
                "GET " + Messages.SECRETS, forNodes(this::credentials));
    }

    /// A question of a node that has shown who it is.
    @FunctionalInterface
    private interface OfNode {
        Exchange.Answer answer(String node, Exchange exchange) throws Exception;
    }

    private Exchange.Handler forNodes(OfNode question) {
        return exchange -> {
            Optional<String> node = exchange.peer().filter(this::isNode);
            return node.isPresent()
                    ? question.answer(node.get(), exchange)
                    : Exchange.forbidden("this needs the certificate of a node of this system");
        };
    }

    private boolean isNode(String name) {
        return name.equals(GATEWAY) || blueprint.get().declaration().services().containsKey(name);
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
            case ControlStore.Admission.Admitted(List<String> names) ->
                    admit(token.id(), names, join, exchange);
        };
    }

    private Exchange.Answer admit(
            String token, List<String> names, Messages.Join join, Exchange exchange) {
        Map<String, String> chains = new HashMap<>();
        for (Map.Entry<String, String> request : join.requests().entrySet()) {
            String name = request.getKey();
            String as = name.equals(DOOR) ? GATEWAY : name;
            if (!names.contains(as) || !isNode(as)) {
                return refuseNode(token, exchange, "the join token is not for " + name);
            }
            switch (authority.issue(request.getValue(), profile(name))) {
                case Issued.Refused(String why) -> {
                    return refuseNode(token, exchange, why);
                }
                case Issued.Certificate certificate -> chains.put(name, certificate.pem());
            }
        }
        journal.administered(
                AdminAct.NODE_JOINED,
                String.join(",", names),
                Map.of("token", token, "address", exchange.address()));
        store.putMembers(token, names);
        return Exchange.done(new Messages.Joined(chains));
    }

    private Exchange.Answer refuseNode(String token, Exchange exchange, String why) {
        joinDoor.refused(exchange.address(), token, why);
        return Exchange.forbidden(why);
    }

    private Profile profile(String name) {
        Blueprint system = blueprint.get();
        return name.equals(DOOR)
                ? new Profile.Door(
                        system.declaration().door().served(system.declaration().domain()))
                : new Profile.Workload(new SpiffeId(system.system(), name), Set.of());
    }

    private Exchange.Answer renew(String node, Exchange exchange) {
        if (!(exchange.body(Messages.Renew.class)
                instanceof Json.Parsed.Value<Messages.Renew>(Messages.Renew renew))) {
            return Exchange.unusable("not a renewal");
        }
        boolean own =
                renew.name().equals(node) || (renew.name().equals(DOOR) && node.equals(GATEWAY));
        if (!own) {
            return Exchange.forbidden(node + " renews its own certificates only");
        }
        return switch (authority.issue(renew.request(), profile(renew.name()))) {
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

    private Exchange.Answer news(String node, Exchange exchange) throws InterruptedException {
        Published.Newer newer =
                published.awaitNewer(
                        node,
                        exchange.number("bundle", 0),
                        exchange.number("roster", 0),
                        Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS));
        return Exchange.done(new Messages.News(newer.bundle(), newer.roster()));
    }

    private Exchange.Answer take(String node, Exchange exchange) {
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
        return switch (events.accept(node, store.membersWith(node), batch)) {
            case EventStore.Accepted.UpTo(long sequence) ->
                    Exchange.done(new Messages.Ack(sequence));
            case EventStore.Accepted.NotYet(String why) ->
                    new Exchange.Answer.Refused(503, "not-yet", why);
        };
    }

    private Exchange.Answer endpoints(String node, Exchange exchange) {
        if (!(exchange.body(Messages.Endpoints.class)
                instanceof Json.Parsed.Value<Messages.Endpoints>(Messages.Endpoints endpoints))) {
            return Exchange.unusable("not a list of endpoints");
        }
        boolean changed = false;
        for (Map.Entry<String, String> endpoint : endpoints.addresses().entrySet()) {
            if (!endpoint.getKey().equals(node)) {
                return Exchange.forbidden(
                        node
                                + " says where it listens itself, not where "
                                + endpoint.getKey()
                                + " does");
            }
            if (!isAddress(endpoint.getValue())) {
                return Exchange.unusable("not an address (expected: host:port)");
            }
            changed |= store.putEndpoint(endpoint.getKey(), endpoint.getValue());
        }
        if (changed) {
            journal.administered(AdminAct.ENDPOINTS_CHANGED, node, endpoints.addresses());
            endpointsChanged.publish();
        }
        return Exchange.done(new Messages.Ack(0));
    }

    private static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return false;
        }
        try {
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            return InetSocketAddress.createUnresolved("host", port).getPort() > 0;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /// The credentials of those third parties that the service's `calls` name, and what opens the counters; no others.
    private Exchange.Answer credentials(String node, Exchange exchange) {
        Declaration declaration = blueprint.get().declaration();
        List<String> wanted = new ArrayList<>();
        declaration.counters().flatMap(Counters::secret).ifPresent(wanted::add);
        Service service = declaration.services().get(node);
        if (service == null) {
            return node.equals(GATEWAY)
                    ? Exchange.done(secrets.handOut(node, exchange.number("have", 0), wanted))
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
