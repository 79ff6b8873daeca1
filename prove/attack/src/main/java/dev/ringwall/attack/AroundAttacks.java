package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/// Going around the sidecar: to the service's own port, from the same machine and from the network.
final class AroundAttacks {

    private AroundAttacks() {}

    static void derive(Derivation to) {
        for (Service service : to.blueprint().programs()) {
            if (service.operations().isEmpty()) {
                continue;
            }
            Operation operation = service.operations().values().iterator().next();
            to.add(
                    service.name() + "/around-sidecar",
                    Family.AROUND,
                    "a process of the same machine calls "
                            + service.name()
                            + " without its sidecar",
                    service.line(),
                    Expectation.dropped(),
                    scene ->
                            own(
                                    scene,
                                    service.name(),
                                    new Requests(scene.stage()).plain(operation)));
            to.add(
                    service.name() + "/around-sidecar-pretending",
                    Family.AROUND,
                    "a process of the same machine calls "
                            + service.name()
                            + " as if it were its sidecar",
                    service.line(),
                    Expectation.dropped(),
                    scene ->
                            own(
                                    scene,
                                    service.name(),
                                    new Requests(scene.stage())
                                            .plain(operation)
                                            .with("Ringwall-Entry", "guessed")
                                            .with("Ringwall-Caller", "admin")
                                            .with("Ringwall-Roles", "admin")
                                            .with(
                                                    "Ringwall-Operation",
                                                    operation.name().toString())));
            to.add(
                    service.name() + "/around-sidecar-twice",
                    Family.AROUND,
                    "a process of the same machine calls "
                            + service.name()
                            + " and says twice who calls",
                    service.line(),
                    Expectation.dropped(),
                    scene ->
                            own(
                                    scene,
                                    service.name(),
                                    new Requests(scene.stage())
                                            .plain(operation)
                                            .with("Ringwall-Entry", "")
                                            .with("Ringwall-Entry", "guessed")
                                            .with("Ringwall-Caller", "-")
                                            .with("Ringwall-Caller", "admin")));
            to.add(
                    service.name() + "/around-sidecar-from-network",
                    Family.AROUND,
                    "another machine calls " + service.name() + " without its sidecar",
                    service.line(),
                    Expectation.dropped(),
                    scene -> fromNetwork(scene, List.of(port(scene, service.name()))));
            if (!service.calls().isEmpty()) {
                to.add(
                        service.name() + "/way-out-from-network",
                        Family.AROUND,
                        "another machine uses the way out of " + service.name(),
                        service.line(),
                        Expectation.dropped(),
                        scene -> fromNetwork(scene, waysOut(scene, service.name())));
            }
        }
    }

    /// A service that answers 401 or 403 to who does not come through its sidecar has done its part.
    private static Seen own(Scene scene, String service, Call call)
            throws IOException, NotPlayable {
        InetSocketAddress at =
                scene.stage()
                        .place(service)
                        .own()
                        .orElseThrow(
                                () -> new NotPlayable("the port of " + service + " is not known"));
        Seen seen = scene.at(Road.plain(at), call);
        return seen instanceof Seen.Answered(int status, String what)
                        && (status == 401 || status == 403)
                ? new Seen.Thwarted("the service refuses: " + what)
                : seen;
    }

    private static int port(Scene scene, String service) throws NotPlayable {
        return scene.stage()
                .place(service)
                .own()
                .map(InetSocketAddress::getPort)
                .orElseThrow(() -> new NotPlayable("the port of " + service + " is not known"));
    }

    private static List<Integer> waysOut(Scene scene, String service) throws NotPlayable {
        List<Integer> ports =
                scene.stage().place(service).outbound().values().stream()
                        .map(URI::getPort)
                        .toList();
        if (ports.isEmpty()) {
            throw new NotPlayable("no way out of " + service + " is known");
        }
        return ports;
    }

    /// Every address of this machine that other machines can reach.
    private static Seen fromNetwork(Scene scene, List<Integer> ports) throws IOException {
        List<InetAddress> addresses =
                Sources.own().stream().filter(address -> !address.isLoopbackAddress()).toList();
        for (InetAddress address : addresses) {
            for (int port : ports) {
                scene.note("nc -z " + address.getHostAddress() + " " + port);
                if (opens(address, port)) {
                    return new Seen.Yielded(address.getHostAddress() + ":" + port + " is open");
                }
            }
        }
        return new Seen.Thwarted(
                addresses.isEmpty()
                        ? "this machine has no address that others can reach"
                        : "closed on " + addresses.size() + " addresses");
    }

    private static boolean opens(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address, port),
                    Math.toIntExact(Road.CONNECT_MAX.toMillis()));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }
}
