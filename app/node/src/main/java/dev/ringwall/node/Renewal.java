package dev.ringwall.node;

import dev.ringwall.keys.NewKey;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews each certificate at half of its life, while traffic flows. The key changes with the certificate.
final class Renewal implements Loop.Round {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final NodeIdentities identities;
    private final Function<String, ControlLink> links;
    private final Predicate<String> current;
    private final InstantSource clock;
    private final Duration lookEvery;

    /// @param links   the connection as the holder of that name
    /// @param current whether a name is still declared; the certificates of others end when they end
    Renewal(
            NodeIdentities identities,
            Function<String, ControlLink> links,
            Predicate<String> current,
            InstantSource clock,
            Duration lookEvery) {
        this.identities = identities;
        this.links = links;
        this.current = current;
        this.clock = clock;
        this.lookEvery = lookEvery;
    }

    @Override
    public boolean run() throws InterruptedException {
        boolean well = true;
        for (String name : identities.due(clock.instant())) {
            well &= !current.test(name) || renew(name);
        }
        if (well) {
            Thread.sleep(lookEvery);
        }
        return well;
    }

    private boolean renew(String name) {
        NewKey key = NewKey.make();
        String as = name.equals(NodeIdentities.DOOR) ? NodeSettings.GATEWAY : name;
        return switch (links.apply(as).renew(new Messages.Renew(name, key.request()))) {
            case ControlLink.Reply.Answered<Messages.Renewed>(Messages.Renewed renewed) ->
                    keep(name, key, renewed);
            case ControlLink.Reply.Refused<Messages.Renewed>(String detail) -> failed(name, detail);
            case ControlLink.Reply.Unavailable<Messages.Renewed>(String why) -> failed(name, why);
        };
    }

    private boolean keep(String name, NewKey key, Messages.Renewed renewed) {
        try {
            identities.renewed(name, key, renewed.chain());
            LOG.atInfo().addKeyValue("identity", name).log("certificate renewed");
            return true;
        } catch (GeneralSecurityException unusable) {
            return failed(name, String.valueOf(unusable.getMessage()));
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    private static boolean failed(String name, String why) {
        LOG.atWarn()
                .addKeyValue("identity", name)
                .addKeyValue("why", why)
                .log("certificate not renewed yet");
        return false;
    }
}
