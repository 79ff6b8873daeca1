package dev.ringwall.control;

import dev.ringwall.audit.AuditLog;
import dev.ringwall.audit.EventStore;
import dev.ringwall.audit.NoteSigner;
import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.identity.IdentityProvider;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SignedDocument;
import dev.ringwall.link.HealthServer;
import dev.ringwall.link.OperatorFiles;
import dev.ringwall.store.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane at work.
public final class ControlPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private final ControlSettings settings;
    private final Keys keys;
    private final ControlStore store;
    private final AuditLog log;
    private final EventStore events;
    private final Journal journal;
    private final Published published = new Published();
    private final AtomicReference<Declared> declared;
    private final OwnIdentities own;
    private final SecretStore secrets;
    private final Publisher publisher;
    private final IdentityProvider identity;
    private final ControlHealth health;
    private final Upkeep upkeep;
    private final JoinTokens joinTokens;
    private final PublicName publicName;
    private final AdminSidecar administration;

    /// What became of the wish to start a control plane.
    public sealed interface Start {
        /// It is at work.
        record Running(ControlPlane control) implements Start {}

        /// It is not, and this is why, with the remedy.
        record Refused(String why) implements Start {}
    }

    /// Starts one for that declaration, and returns when it answers.
    ///
    /// @throws IOException when the disk or the network fails
    public static Start start(ControlSettings settings, Declared declared) throws IOException {
        return switch (Keys.open(settings, declared.blueprint())) {
            case Keys.Opened.Refused(String why) -> new Start.Refused(why);
            case Keys.Opened.Ready(Keys keys) -> {
                NoteSigner signer =
                        LogKey.open(
                                settings.folder(), declared.blueprint().system(), keys.sealer());
                yield switch (AuditLog.open(
                        settings.folder().resolve("audit"),
                        signer,
                        AuditLog.CHECKPOINT_EVERY_DEFAULT,
                        settings.clock())) {
                    case AuditLog.Opening.Refused(AuditLog.Cause _, String why) ->
                            new Start.Refused("the audit log is not written on: " + why);
                    case AuditLog.Opening.Opened(AuditLog log) -> {
                        try {
                            yield new Start.Running(
                                    new ControlPlane(settings, declared, keys, log));
                        } catch (StoreFailure unusable) {
                            log.close();
                            yield new Start.Refused(String.valueOf(unusable.getMessage()));
                        } catch (IOException | RuntimeException failed) {
                            log.close();
                            throw failed;
                        }
                    }
                };
            }
        };
    }

    private ControlPlane(ControlSettings settings, Declared first, Keys keys, AuditLog log)
            throws IOException {
        this.settings = settings;
        this.keys = keys;
        this.log = log;
        this.declared = new AtomicReference<>(first);
        String system = first.blueprint().system();
        Files.createDirectories(settings.folder());
        this.store = ControlStore.open(settings.records("control.db"));
        this.events =
                EventStore.over(
                        log, settings.folder().resolve("events.db"), system, settings.clock());
        Counting counting = new Counting(events);
        this.journal = new Journal(counting, system, settings.clock());
        Nodes nodes = new Nodes(store, settings.clock());
        this.health = new ControlHealth(this, counting, nodes);
        Instances instances =
                new Instances(
                        store.instances(),
                        journal,
                        published,
                        this::publishBundle,
                        settings.clock());
        JoinDoor joinDoor = new JoinDoor(journal, settings.clock());
        this.own = OwnIdentities.issuedBy(keys.authority(), settings.clock());
        this.secrets = new SecretStore(store, keys, settings.clock());
        JsonInterface questions = new JsonInterface(one -> Identities.name(one, system));
        this.identity =
                IdentityProvider.start(
                        Identities.settings(
                                settings,
                                keys,
                                own::workload,
                                () -> declared.get().blueprint(),
                                secrets::opened,
                                counting,
                                this::publishRosterQuietly,
                                questions));
        String at = settings.hostAndPort(identity.port());
        this.administration =
                AdminSidecar.of(settings, keys, own, declared, identity, counting, published);
        this.publisher =
                new Publisher(
                        new Publisher.Settings(
                                system,
                                settings.issuer(),
                                settings.audience(),
                                at,
                                administration::follow),
                        store,
                        journal,
                        (type, payload) -> SignedDocument.sign(type, payload, own.documents()),
                        keys.tokens()::jwks,
                        published,
                        settings.clock());
        Map<String, Exchange.Handler> handlers =
                new HashMap<>(
                        new NodeInterface(
                                        store,
                                        keys.authority(),
                                        events,
                                        journal,
                                        published,
                                        () -> declared.get().blueprint(),
                                        secrets,
                                        instances,
                                        nodes,
                                        joinDoor,
                                        settings.clock())
                                .handlers());
        handlers.putAll(
                new OperatorInterface(events, journal, new OperatorActs(this, secrets, nodes))
                        .handlers());
        handlers.putAll(new DirectoryInterface(() -> identity, published).handlers());
        handlers.putAll(new HoldingsInterface(() -> identity, published).handlers());
        handlers.putAll(new LinkInterface(() -> identity, published).handlers());
        handlers.putAll(new PeopleInterface(() -> identity, published).handlers());
        handlers.putAll(new ClientInterface(() -> identity, published).handlers());
        this.publicName = PublicName.start(this, secrets, journal);
        handlers.putAll(publicName.handlers());
        questions.answer(handlers);
        journal.administered(
                AdminAct.CONTROL_STARTED, system, Map.of("declaration", first.digest()));
        this.joinTokens = new JoinTokens(store, keys.authority().root(), at, settings.clock());
        publishBundle();
        publishRoster();
        writeOperatorFiles();
        Upkeep.Look silent = instances::forgetSilent;
        this.upkeep = Upkeep.start(joinDoor::writeOut, silent, nodes::forgetSilent, this::renew);
    }

    void publishBundle() {
        publisher.bundle(declared.get(), Actor.system());
    }

    private void publishRoster() {
        publisher.roster(Identities.keys(identity), Identities.revoked(identity));
    }

    private void publishRosterQuietly() {
        try {
            publishRoster();
        } catch (RuntimeException failed) {
            LOG.error("the roster was not published", failed);
        }
    }

    /// Takes another declaration into force. It has been found sound.
    void take(Declared next, Actor who) {
        publisher.bundle(next, who);
        declared.set(next);
        publishRoster();
    }

    private void writeOperatorFiles() throws IOException {
        Identity operator = keys.authority().issue(new Profile.Operator());
        new OperatorFiles(address(), operator, keys.authority().root()).write(settings.operator());
    }

    /// Renews what is past half of its life, and rotates what is due; a change of keys is published.
    private void renew() throws Exception {
        boolean signer = own.renew();
        boolean rotated = keys.rotateWhenDue();
        if (signer || rotated) {
            publishBundle();
            publishRoster();
        }
    }

    /// Gives a conformance suite what it comes in with.
    public SuiteGuests suiteGuests() {
        return new SuiteGuests(identity.directory(), settings.clock());
    }

    /// Makes the tokens that nodes join with.
    public JoinTokens joinTokens() {
        return joinTokens;
    }

    /// Keeps a credential of a third party, for the sidecars that add it on the way out.
    public void keepSecret(String name, String value) throws IOException {
        journal.administered(AdminAct.SECRET_SET, name, Map.of());
        secrets.keep(name, value);
    }

    /// Where it answers nodes and the command line.
    public URI address() {
        return URI.create("https://localhost:" + identity.port());
    }

    /// How many entries the audit log has.
    public long treeSize() {
        return log.size();
    }

    /// How it is, for whoever watches the machine.
    public HealthServer.Part health() {
        return health;
    }

    Declared declared() {
        return declared.get();
    }

    ControlSettings settings() {
        return settings;
    }

    ControlStore store() {
        return store;
    }

    /// Where sidecars listen, by service.
    Map<String, List<String>> endpoints() {
        return administration.among(store.instances().endpoints());
    }

    Published published() {
        return published;
    }

    Keys keys() {
        return keys;
    }

    AuditLog log() {
        return log;
    }

    @Override
    public void close() throws IOException {
        upkeep.close();
        publicName.close();
        published.close();
        administration.close();
        identity.close();
        journal.administered(
                AdminAct.CONTROL_STOPPED, declared.get().blueprint().system(), Map.of());
        events.close();
        log.close();
        try {
            store.close();
        } catch (StoreFailure disk) {
            throw new IOException(disk);
        }
    }
}
