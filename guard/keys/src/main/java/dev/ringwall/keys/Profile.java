package dev.ringwall.keys;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a certificate is asked for. The authority decides everything in it from this; of a request it takes the public key alone.
public sealed interface Profile {

    /// A program of the system, client and server to the others.
    ///
    /// @param hosts    names and addresses that it may answer under to those who look at host names; mostly none
    /// @param instance tells it apart from others of that name, which are as good as it is ([Identity#instanceIn])
    record Workload(SpiffeId id, Set<String> hosts, Optional<String> instance) implements Profile {

        private static final Pattern INSTANCE = Pattern.compile("[0-9A-Za-z]{1,64}");

        public Workload {
            hosts = Hosts.checked(hosts);
            if (instance.filter(one -> !INSTANCE.matcher(one).matches()).isPresent()) {
                throw new IllegalArgumentException(
                        instance.get() + " (expected: up to 64 letters and digits)");
            }
        }

        /// The only one of its name.
        public Workload(SpiffeId id, Set<String> hosts) {
            this(id, hosts, Optional.empty());
        }
    }

    /// Whoever runs commands against the control plane: a client only.
    record Operator() implements Profile {}

    /// The control plane as the signer of bundle and roster.
    record Documents() implements Profile {}

    /// The public door as strangers see it: its host names, and this machine by its usual names.
    record Door(Set<String> hosts) implements Profile {
        public Door {
            hosts = Hosts.checked(hosts);
        }
    }

    /// Host names as they may stand in a certificate.
    final class Hosts {

        /// This machine.
        static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "::1");

        private static final Pattern HOST =
                Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:]{2,39}");

        private Hosts() {}

        static Set<String> checked(Set<String> hosts) {
            for (String host : hosts) {
                if (!HOST.matcher(host).matches()) {
                    throw new IllegalArgumentException(
                            host + " (expected: a host name in lower case, or an address)");
                }
            }
            return new TreeSet<>(hosts);
        }
    }
}
