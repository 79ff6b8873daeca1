package dev.ringwall.node;

import dev.ringwall.keys.JoinToken;
import dev.ringwall.keys.JoinTrust;
import dev.ringwall.keys.NewKey;
import dev.ringwall.keys.TrustRoot;
import dev.ringwall.link.Messages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// How a node comes to belong: it shows a join token over a connection on which the control plane has shown the very root whose
/// fingerprint the token carries, and is given certificates for keys that never leave it.
final class Joining {

    private Joining() {}

    sealed interface Outcome {
        record Joined(NodeIdentities identities) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    static Outcome join(NodeSettings settings, Path folder) throws IOException {
        if (settings.joinToken().isEmpty()) {
            return new Outcome.Refused(
                    "this node has no certificates that are good (expected: a join token; make one with"
                            + " `ringwall join-token "
                            + String.join(" ", settings.names())
                            + "`)");
        }
        return switch (ask(settings.joinToken().get(), settings.names(), settings)) {
            case Asked.No(String why) -> new Outcome.Refused(why);
            case Asked.Yes(Messages.Joined joined, Map<String, NewKey> keys, TrustRoot root) ->
                    new Outcome.Joined(NodeIdentities.joined(folder, root, keys, joined));
        };
    }

    /// Joins as further names, with the certificates added to those that the node has.
    static Outcome joinAs(
            List<String> names, NodeIdentities identities, String token, NodeSettings settings)
            throws IOException {
        return switch (ask(token, names, settings)) {
            case Asked.No(String why) -> new Outcome.Refused(why);
            case Asked.Yes(Messages.Joined _, Map<String, NewKey> _, TrustRoot root)
                    when !root.pem().equals(identities.root().pem()) ->
                    new Outcome.Refused("the join token is of another system");
            case Asked.Yes(Messages.Joined joined, Map<String, NewKey> keys, TrustRoot _) -> {
                identities.add(keys, joined);
                yield new Outcome.Joined(identities);
            }
        };
    }

    private sealed interface Asked {
        record Yes(Messages.Joined joined, Map<String, NewKey> keys, TrustRoot root)
                implements Asked {}

        record No(String why) implements Asked {}
    }

    private static Asked ask(String text, List<String> names, NodeSettings settings) {
        if (!(JoinToken.parse(text) instanceof JoinToken.Parsed.Token(JoinToken token))) {
            return new Asked.No(
                    "that is no join token (expected: the line that `ringwall join-token` printed)");
        }
        JoinTrust trust = new JoinTrust(token, settings.clock());
        ControlLink link =
                new ControlLink(URI.create("https://" + token.control()), context(trust));
        Map<String, NewKey> keys = NodeIdentities.newKeys(names);
        Map<String, String> requests = new HashMap<>();
        keys.forEach((name, key) -> requests.put(name, key.request()));
        return switch (link.join(new Messages.Join(token.dangerousText(), requests))) {
            case ControlLink.Reply.Refused<Messages.Joined>(String detail) ->
                    new Asked.No("the control plane did not let this node join: " + detail);
            case ControlLink.Reply.Unavailable<Messages.Joined>(String why) ->
                    new Asked.No(
                            "the control plane at "
                                    + token.control()
                                    + " cannot be reached: "
                                    + why);
            case ControlLink.Reply.Answered<Messages.Joined>(Messages.Joined joined) ->
                    trust.root()
                            .<Asked>map(root -> new Asked.Yes(joined, keys, root))
                            .orElseGet(
                                    () -> new Asked.No("the control plane did not show its root"));
        };
    }

    private static SSLContext context(JoinTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[0], new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no TLS 1.3", missing);
        }
    }
}
