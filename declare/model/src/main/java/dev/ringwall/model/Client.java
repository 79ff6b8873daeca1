package dev.ringwall.model;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A program that may ask the identity provider for tokens: for the people who sign in through it, or for itself.
///
/// @param roles    the only roles whose rights its tokens carry, each with its line
/// @param returnTo the only addresses that people are sent back to, letter for letter, each with its line
/// @param actsFor  roles of people in whose tokens' place it may get one of its own (RFC 8693), each with its line
/// @param claims   what it may ask for of people beyond who they are, each with its line
/// @param sector   whom the ids belong to that it knows people by, where they are its own; empty where the host that people return to says it
/// @param signedWith how what only it reads is signed: ID tokens, logout tokens, what introspection says
public record Client(
        String name,
        Kind kind,
        Map<String, Line> roles,
        Map<String, Line> returnTo,
        Map<String, Line> actsFor,
        Map<PersonalScope, Line> claims,
        Proof proof,
        Profile profile,
        Subject subject,
        Optional<String> sector,
        Consent consent,
        Logout logout,
        SigningAlgorithm signedWith,
        Line line) {

    public Client {
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        actsFor = Collections.unmodifiableMap(new LinkedHashMap<>(actsFor));
        returnTo = Collections.unmodifiableMap(new LinkedHashMap<>(returnTo));
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /// What sort of program it is, and so what it can keep to itself.
    public enum Kind {
        /// Runs on a server, and can prove itself.
        WEB("web"),
        /// Runs in a page, where everybody can read it.
        BROWSER("browser"),
        /// Runs on somebody's machine or telephone.
        NATIVE("native"),
        /// Has no browser of its own: a television, a command line on a server.
        DEVICE("device"),
        /// Speaks for itself; no person is there.
        MACHINE("machine");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }

        /// Whether it can keep something to itself (RFC 6749 §2.1 "confidential").
        public boolean proves() {
            return this == WEB || this == MACHINE;
        }

        /// Whether a role with that login is for clients of this kind.
        boolean fits(Role.Login login) {
            return this == MACHINE ? login == Role.Login.CLIENT : login.forPeople();
        }

        /// What roles are, for people who read a message.
        String fitting() {
            return this == MACHINE
                    ? "a role with `login: client`"
                    : "a role that people sign in with";
        }

        /// Whether people come back to it from the login page.
        public boolean returns() {
            return this == WEB || this == BROWSER || this == NATIVE;
        }
    }

    /// How it proves who it is. In order of strength, but for the last two, which are equals.
    public enum Proof {
        /// It cannot.
        NONE("none"),
        /// By a secret that the operator gave it.
        SECRET("secret"),
        /// By signing, with a key whose public half the operator knows.
        KEYS("keys"),
        /// By a TLS certificate that the operator knows.
        CERTIFICATE("certificate");

        private final String word;

        Proof(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// What is asked of it beyond what is asked of every client.
    public enum Profile {
        /// Nothing.
        PLAIN("plain"),
        /// The FAPI 2.0 security profile.
        FAPI_2("fapi-2.0"),
        /// What the basic plan of the OpenID Foundation's conformance suite sends: requests without PKCE. No declaration can say this word;
        /// only the throw-away provider of `ringwall identity serve --conformance` has such clients.
        CONFORMANCE("conformance");

        private final String word;

        Profile(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// The same, but held to that profile.
    public Client with(Profile other) {
        return new Client(
                name,
                kind,
                roles,
                returnTo,
                actsFor,
                claims,
                proof,
                other,
                subject,
                sector,
                consent,
                logout,
                signedWith,
                line);
    }

    /// The hosts that people return to; of a scheme of its own, that scheme.
    Set<String> hosts() {
        return returnTo.keySet().stream()
                .map(URI::create)
                .map(address -> address.getHost() == null ? address.getScheme() : address.getHost())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Whose ids it knows people by where they are its own: the sector (OpenID Connect Core §8.1). Where none is declared it is the one host that
    /// people return to, if that is somebody's: this machine and a scheme are anybody's.
    ///
    /// @return empty where it cannot be told, or where it knows people by the same ids as everyone
    public Optional<String> ownSector() {
        if (subject == Subject.PUBLIC || sector.isPresent()) {
            return subject == Subject.PUBLIC ? Optional.empty() : sector;
        }
        Set<String> hosts = hosts();
        return hosts.size() == 1
                        && returnTo.keySet().stream().allMatch(one -> one.startsWith("https:"))
                ? hosts.stream().findFirst()
                : Optional.empty();
    }

    /// What it knows people by (OpenID Connect Core §8).
    public enum Subject {
        /// By the same id as everyone.
        PUBLIC("public"),
        /// By an id that only it, and others of its sector, know the person by.
        PAIRWISE("pairwise");

        private final String word;

        Subject(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// Whether people are asked before it may act for them.
    public enum Consent {
        /// The house says so for them: the client is its own.
        GIVEN("given"),
        /// Each is asked, once for everything that it may do.
        ASK("ask");

        private final String word;

        Consent(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }

    /// What happens when a person signs out.
    ///
    /// @param returnTo     where people may be sent afterwards, letter for letter
    /// @param backChannel  what is told of it by the provider
    /// @param frontChannel what is loaded by the person's browser
    public record Logout(
            Map<String, Line> returnTo, Optional<URI> backChannel, Optional<URI> frontChannel) {

        /// Nothing.
        public static final Logout NOTHING =
                new Logout(Map.of(), Optional.empty(), Optional.empty());

        public Logout {
            returnTo = Collections.unmodifiableMap(new LinkedHashMap<>(returnTo));
        }
    }
}
