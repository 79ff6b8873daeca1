package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages between a node and the control plane, as JSON over TLS 1.3. All but [Join] need the node's certificate.
public final class Messages {

    /// Where a node asks to belong: `POST`.
    public static final String JOIN = "/v1/join";

    /// Where a node renews a certificate: `POST`.
    public static final String RENEW = "/v1/renew";

    /// Where a node waits for a newer bundle or roster: `GET ?bundle=N&roster=M`.
    public static final String NEWS = "/v1/news";

    /// Where a node hands over what it recorded, in order: `POST ?spool=ID&first=N` with [EventLines]; `first` is the sequence of the first
    /// event.
    public static final String EVENTS = "/v1/events";

    /// Where a node says on which addresses its sidecars listen: `POST`.
    public static final String ENDPOINTS = "/v1/endpoints";

    /// Where a node says that it is about to stop: `POST`, answered once no other node calls it any more.
    public static final String LEAVE = "/v1/leave";

    /// Where the sidecar of a service asks for the credentials that it adds on the way out: `GET`.
    public static final String SECRETS = "/v1/secrets";

    /// Where a gateway waits for what its door shows: `GET ?have=N&gateway=ID`; `ID` tells apart gateways of one system.
    public static final String DOOR = "/v1/door";

    /// Where a node says every few seconds how it is: `POST`.
    public static final String REPORT = "/v1/report";

    /// How long the control plane holds a question for news open, in seconds.
    public static final int NEWS_WAIT_SECONDS = 25;

    private Messages() {}

    /// A node asks to belong.
    ///
    /// @param token    the single-use join token
    /// @param requests name (`gateway`, `door`, a service) → certificate request, PKCS#10 in PEM
    public record Join(String token, Map<String, String> requests) {
        public Join {
            requests = Map.copyOf(requests);
        }

        @Override
        public String toString() {
            return "Join[token=…, requests=" + requests.keySet() + "]";
        }
    }

    /// A node belongs now.
    ///
    /// @param chains name → certificate chain, PEM, leaf first
    public record Joined(Map<String, String> chains) {
        public Joined {
            chains = Map.copyOf(chains);
        }
    }

    /// A node asks for a fresh certificate for a name that it holds one for.
    public record Renew(String name, String request) {}

    /// The fresh certificate: PEM, leaf first.
    public record Renewed(String chain) {}

    /// What is newer than what the node has: signed documents, each absent when there is nothing newer.
    public record News(@Nullable String bundle, @Nullable String roster) {}

    /// Everything up to this sequence is in the log and may be dropped from the spool.
    public record Ack(long sequence) {}

    /// On which addresses a node's sidecars listen: service → `host:port`.
    public record Endpoints(Map<String, String> addresses) {
        public Endpoints {
            addresses = Map.copyOf(addresses);
        }
    }

    /// A node is about to stop. Who that is stands in its certificate.
    public record Leave() {}

    /// It may stop now.
    ///
    /// @param services those of its services that other instances serve from now on
    public record Left(List<String> services) {
        public Left {
            services = List.copyOf(services);
        }
    }

    /// What a node said of itself is known.
    ///
    /// @param missing services of it that the control plane does not know the address of, so that it must say it again
    public record Noted(List<String> missing) {
        public Noted {
            missing = List.copyOf(missing);
        }
    }

    /// How a node is.
    ///
    /// @param carries      what it is: `gateway`, and the services that it stands beside
    /// @param spooled      events that wait to be handed over
    /// @param certificates name → when its certificate ends; `door` is the one that strangers see
    /// @param problems     what its operator must do something about, with the remedy
    public record Report(
            List<String> carries,
            long bundle,
            long roster,
            long spooled,
            long spooledBytes,
            Map<String, Instant> certificates,
            List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
            carries = List.copyOf(carries);
            certificates = Map.copyOf(certificates);
        }
    }

    /// Credentials by name, and the number of this state of theirs, which the next question names. They are kept in memory only.
    public record Secrets(long number, Map<String, String> values) {
        public Secrets {
            values = Map.copyOf(values);
        }

        @Override
        public String toString() {
            return "Secrets[" + values.keySet() + "]";
        }
    }

    /// What the door shows where another authority certifies the public name, and the number of this state of it.
    ///
    /// @param shown   the certificate; null while there is none
    /// @param proofs  host name → what an authority sees that asks whether the name is ours (RFC 8737)
    /// @param lacking why there is no certificate or no newer one; null where nothing is wrong
    public record Door(
            long number,
            @Nullable KeyPair shown,
            Map<String, KeyPair> proofs,
            @Nullable String lacking) {
        public Door {
            proofs = Map.copyOf(proofs);
        }
    }

    /// A certificate chain, leaf first, and its private key, both PEM.
    public record KeyPair(String chain, String key) {
        @Override
        public String toString() {
            return "KeyPair[…]";
        }
    }

    /// Why the control plane refused, in words for the node's operator.
    public record Refusal(String reason, String detail) {}
}
