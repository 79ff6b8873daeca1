package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages between the command line and the control plane, as JSON over mutual TLS with the operator's certificate.
///
/// Whoever holds that certificate holds the system; it lies in the state folder, readable by its owner alone.
public final class Operating {

    /// What all these addresses start with.
    public static final String PREFIX = "/v1/operator/";

    /// How the system is: `GET`, answers [Status].
    public static final String STATUS = PREFIX + "status";

    /// `POST` [NewAccount] → [CreatedAccount]; `GET` → [Accounts].
    public static final String ACCOUNTS = PREFIX + "accounts";

    /// `POST` [Named]: the account may log in no more and its tokens end.
    public static final String ACCOUNTS_DISABLE = PREFIX + "accounts/disable";

    /// `POST` [NewPassword].
    public static final String ACCOUNTS_PASSWORD = PREFIX + "accounts/password";

    /// `POST` [Invitation]: a letter with a code goes out.
    public static final String ACCOUNTS_INVITE = PREFIX + "accounts/invite";

    /// `GET ?name=NAME` → [Logins].
    public static final String ACCOUNTS_LOGINS = PREFIX + "accounts/logins";

    /// `POST` [EndLogins] → [Ended].
    public static final String ACCOUNTS_LOGINS_END = PREFIX + "accounts/logins/end";

    /// `POST` [NewKey] → [CreatedKey]; `GET` → [Keys].
    public static final String KEYS = PREFIX + "keys";

    /// `POST` [Named]: the key is accepted no more.
    public static final String KEYS_REVOKE = PREFIX + "keys/revoke";

    /// `POST` [NewClient] → [CreatedClient]; `GET` → [Clients].
    public static final String CLIENTS = PREFIX + "clients";

    /// `POST` [Named]: the client gets tokens no more.
    public static final String CLIENTS_REVOKE = PREFIX + "clients/revoke";

    /// `POST` [NewClientKeys].
    public static final String CLIENTS_KEYS = PREFIX + "clients/keys";

    /// `POST` [NewClientCertificates].
    public static final String CLIENTS_CERTIFICATES = PREFIX + "clients/certificates";

    /// `POST` [Named] → [CreatedClient]: a new secret for a declared client.
    public static final String CLIENTS_SECRET = PREFIX + "clients/secret";

    /// `POST` [NewSecret] → [SecretKept], once the nodes use it; `GET` → [Secrets].
    public static final String SECRETS = PREFIX + "secrets";

    /// `POST` [NewJoinToken] → [JoinTokenMade].
    public static final String JOIN_TOKENS = PREFIX + "join-tokens";

    /// `POST`: the keys that sign tokens rotate now.
    public static final String ROTATE = PREFIX + "rotate";

    /// `POST` [NewDeclaration] → [Status], or a refusal that carries the problems.
    public static final String DECLARATION = PREFIX + "declaration";

    /// `GET ?request=ID` → [Events].
    public static final String WHY = PREFIX + "why";

    /// `GET ?after=N&wait=SECONDS` → [Events].
    public static final String WATCH = PREFIX + "watch";

    /// `POST` [Attacks]: how attacks on the running system ended.
    public static final String ATTACKS = PREFIX + "attacks";

    private Operating() {}

    /// How the system is.
    ///
    /// @param nodes  by name
    public record Status(
            String system,
            long bundle,
            long roster,
            String declaration,
            String door,
            String auditOrigin,
            long treeSize,
            Map<String, List<String>> endpoints,
            List<Node> nodes) {}

    /// One node, as it said itself the last time.
    ///
    /// @param name         as which it speaks to the control plane: the first of what it carries
    /// @param instance     tells it apart from others of that name
    /// @param carries      `gateway`, and the services that it stands beside
    /// @param lastSeen     null when it was not heard of since the control plane started; then the numbers are 0
    /// @param spooled      events that wait to be handed over
    /// @param certificates name → when its certificate ends; `door` is the one that strangers see
    /// @param problems     what must be done something about, with the remedy
    public record Node(
            String name,
            String instance,
            List<String> carries,
            long bundle,
            long roster,
            @Nullable Instant lastSeen,
            long spooled,
            long spooledBytes,
            Map<String, Instant> certificates,
            List<String> problems) {}

    /// An account to be made. Without a password one is made up and told once.
    public record NewAccount(String name, List<String> roles, @Nullable String password) {
        @Override
        public String toString() {
            return "NewAccount[name=" + name + ", roles=" + roles + "]";
        }
    }

    /// The account that was made; the password stands here only when it was made up.
    public record CreatedAccount(String id, String name, @Nullable String password) {
        @Override
        public String toString() {
            return "CreatedAccount[id=" + id + ", name=" + name + "]";
        }
    }

    /// One account.
    public record Account(
            String id, String name, List<String> roles, boolean disabled, Instant created) {}

    /// All accounts, by name.
    public record Accounts(List<Account> accounts) {}

    /// Something that is known by its name or id.
    public record Named(String name) {}

    /// A new password for an account.
    public record NewPassword(String name, String password) {
        @Override
        public String toString() {
            return "NewPassword[name=" + name + "]";
        }
    }

    /// Somebody who is invited to make an account with these roles.
    public record Invitation(String mail, List<String> roles) {}

    /// Where an account is signed in, the newest first.
    public record Logins(List<Login> logins) {}

    /// One login.
    ///
    /// @param methods how the person proved it, as RFC 8176 names that
    /// @param agent   what the browser calls itself
    public record Login(
            String id,
            Instant since,
            Instant until,
            List<String> methods,
            String address,
            String agent) {}

    /// Logins of an account that are to end.
    ///
    /// @param id null for all of them
    public record EndLogins(String name, @Nullable String id) {}

    /// So many there were.
    public record Ended(int count) {}

    /// A key to be made for that role.
    public record NewKey(String role) {}

    /// The key, shown this once.
    public record CreatedKey(String id, String key, @Nullable Instant expires) {
        @Override
        public String toString() {
            return "CreatedKey[id=" + id + "]";
        }
    }

    /// One key, without the key.
    public record Key(
            String id, String role, Instant created, @Nullable Instant expires, boolean revoked) {}

    /// All keys.
    public record Keys(List<Key> keys) {}

    /// A client to be made for that role.
    ///
    /// @param keys the public keys that it signs with, as a JWK set; null for a client with a secret
    public record NewClient(String role, @Nullable String keys) {}

    /// Other public keys for a client that has some.
    public record NewClientKeys(String id, String keys) {}

    /// The certificates by which a declared client is known from now on.
    ///
    /// @param pem      its own, or those of the authorities that issue one to it
    /// @param issuedTo whom the authorities issue it to; null where the certificates are its own
    public record NewClientCertificates(String id, String pem, @Nullable String issuedTo) {}

    /// The client, with its secret where it has one: shown this once.
    public record CreatedClient(String id, @Nullable String secret) {
        @Override
        public String toString() {
            return "CreatedClient[id=" + id + "]";
        }
    }

    /// One client, without its secret; or an invitation to register some.
    ///
    /// @param role    the role that it is for; several with commas
    /// @param from    `declaration`, `command`, `registration`, or `invitation`
    /// @param name    what a client that registered itself calls itself; null for others
    /// @param created null for a client of the declaration
    /// @param expires when a client that registered itself ends unless it is used, and an invitation; null for others
    /// @param uses    for how many clients an invitation is still good; 0 for others
    /// @param ready   whether it has what it proves itself with
    public record Client(
            String id,
            String role,
            String from,
            @Nullable String name,
            @Nullable Instant created,
            @Nullable Instant expires,
            int uses,
            boolean revoked,
            boolean ready) {}

    /// All clients: those of the declaration first.
    public record Clients(List<Client> clients) {}

    /// A credential of a third party.
    public record NewSecret(String name, String value) {
        @Override
        public String toString() {
            return "NewSecret[name=" + name + "]";
        }
    }

    /// It is kept.
    ///
    /// @param inUse whether the nodes that are there use it by now; otherwise they will within seconds of being reached
    public record SecretKept(boolean inUse) {}

    /// The names of the credentials that are kept.
    public record Secrets(List<String> names) {}

    /// A token to be made that lets one node join as these names.
    public record NewJoinToken(List<String> names, int minutes) {}

    /// The token, shown this once.
    public record JoinTokenMade(String token, Instant expires) {
        @Override
        public String toString() {
            return "JoinTokenMade[…, expires=" + expires + "]";
        }
    }

    /// A declaration that is to take the place of the running one.
    public record NewDeclaration(String entry, Map<String, String> files) {}

    /// Events with the position after the last of them.
    ///
    /// @param events each as its JSON text
    public record Events(long next, List<String> events) {}

    /// How attacks ended.
    public record Attacks(List<Attack> attacks) {}

    /// How one attack ended.
    public record Attack(String name, boolean held, String outcome) {}
}
