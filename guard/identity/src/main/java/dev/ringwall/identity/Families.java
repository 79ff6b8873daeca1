package dev.ringwall.identity;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.people.Asked;
import dev.ringwall.people.Ledger;
import dev.ringwall.people.RegisteredClients;
import dev.ringwall.people.Revocation;
import dev.ringwall.people.Revocations;
import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Keeps what was bought with each authorization, and ends all of it when a code or a refresh token is used twice (RFC 9700 §2.1.1,
/// §4.14.2).
final class Families implements OAuth2AuthorizationService {

    private static final String BODY = "SELECT body FROM token_family WHERE ";

    private final Store store;
    private final Ledger ledger;
    private final FamilyForm form;
    private final RegisteredClients registered;
    private final Runnable changed;

    Families(
            Store store,
            Ledger ledger,
            FamilyForm form,
            RegisteredClients registered,
            Runnable changed) {
        this.store = store;
        this.ledger = ledger;
        this.form = form;
        this.registered = registered;
        this.changed = changed;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        FamilyRow before = FamilyForm.rowOf(authorization);
        FamilyRow after = form.row(authorization);
        Optional<IdentityAct> act = act(before, after);
        act.ifPresent(it -> ledger.acted(it, who(after), details(after)));
        boolean ends = ends(before, after);
        boolean saved =
                store.write(tx -> {
                    boolean done = before == null ? added(tx, after) : swapped(tx, before, after);
                    if (done && before == null) {
                        LogoutNotices.used(tx, after);
                    }
                    if (done && act.isPresent() && !ends) {
                        registered.used(tx, after.client());
                    }
                    if (done && ends) {
                        revoke(tx, after);
                    }
                    return done;
                });
        if (!saved) {
            end(after, raced(before));
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        if (ends) {
            changed.run();
        }
    }

    private static Optional<IdentityAct> act(@Nullable FamilyRow before, FamilyRow after) {
        if (ends(before, after)) {
            return Optional.of(
                    Asked.current().path().equals(Paths.REVOKE)
                            ? IdentityAct.TOKEN_REVOKED
                            : IdentityAct.CODE_REPLAYED);
        }
        if (before == null) {
            return Optional.of(
                    after.access() == null ? IdentityAct.CODE_ISSUED : IdentityAct.TOKEN_ISSUED);
        }
        String hash = FamilyRow.hash(after.access());
        if (hash == null || hash.equals(FamilyRow.hash(before.access()))) {
            return Optional.empty();
        }
        return Optional.of(
                before.access() == null ? IdentityAct.TOKEN_ISSUED : IdentityAct.TOKEN_REFRESHED);
    }

    /// What two did at once of whom one was slower.
    private static IdentityAct raced(@Nullable FamilyRow before) {
        return before == null || before.access() == null
                ? IdentityAct.CODE_REPLAYED
                : IdentityAct.REFRESH_REUSED;
    }

    private static boolean ends(@Nullable FamilyRow before, FamilyRow after) {
        return before != null
                && ((FamilyRow.dead(after.access()) && !FamilyRow.dead(before.access()))
                        || (FamilyRow.dead(after.refresh()) && !FamilyRow.dead(before.refresh())));
    }

    private static boolean added(Transaction tx, FamilyRow row) throws SQLException {
        return tx.change(
                        "INSERT INTO token_family (id, version, client, account, sid, code, access, refresh, expires, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row.id(),
                        row.version(),
                        row.client(),
                        row.account(),
                        row.sid(),
                        FamilyRow.hash(row.code()),
                        FamilyRow.hash(row.access()),
                        FamilyRow.hash(row.refresh()),
                        row.expires().toEpochMilli(),
                        row.json())
                == 1;
    }

    private static boolean swapped(Transaction tx, FamilyRow before, FamilyRow after)
            throws SQLException {
        int changed =
                tx.change(
                        "UPDATE token_family SET version = ?, access = ?, refresh = ?, expires = ?, body = ?"
                                + " WHERE id = ? AND version = ?",
                        after.version(),
                        FamilyRow.hash(after.access()),
                        FamilyRow.hash(after.refresh()),
                        after.expires().toEpochMilli(),
                        after.json(),
                        before.id(),
                        before.version());
        FamilyRow.Token spent = before.refresh();
        if (changed == 1
                && spent != null
                && !spent.hash().equals(FamilyRow.hash(after.refresh()))) {
            tx.change(
                    "INSERT INTO spent_refresh (hash, family, expires) VALUES (?, ?, ?)",
                    spent.hash(),
                    before.id(),
                    spent.expires().toEpochMilli());
        }
        return changed == 1;
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        store.write(tx -> {
            delete(tx, authorization.getId());
            return true;
        });
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return row(BODY + "id = ?", id).flatMap(row -> form.authorization(row, "")).orElse(null);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        String hash = Secrets.sha256(token);
        for (String column : columns(type)) {
            Optional<FamilyRow> row = row(BODY + column + " = ?", hash);
            if (row.isPresent()) {
                return form.authorization(row.get(), token).orElse(null);
            }
        }
        if (type != null && type.equals(OAuth2TokenType.REFRESH_TOKEN)) {
            row(
                            "SELECT body FROM token_family WHERE id ="
                                    + " (SELECT family FROM spent_refresh WHERE hash = ?)",
                            hash)
                    .ifPresent(family -> end(family, IdentityAct.REFRESH_REUSED));
        }
        return null;
    }

    private static List<String> columns(@Nullable OAuth2TokenType type) {
        return switch (type == null ? "" : type.getValue()) {
            case "code" -> List.of("code");
            case "access_token" -> List.of("access");
            case "refresh_token" -> List.of("refresh");
            case "" -> List.of("access", "refresh");
            default -> List.of();
        };
    }

    private Optional<FamilyRow> row(String sql, String value) {
        return store.read(tx -> tx.first(row -> FamilyRow.read(row.getString(1)), sql, value));
    }

    /// Ends the whole family, because something of it was used twice.
    private void end(FamilyRow row, IdentityAct act) {
        ledger.acted(act, who(row), details(row));
        store.write(tx -> {
            FamilyRow now =
                    tx.first(found -> FamilyRow.read(found.getString(1)), BODY + "id = ?", row.id())
                            .orElse(row);
            revoke(tx, now);
            delete(tx, row.id());
            return true;
        });
        changed.run();
    }

    private static void revoke(Transaction tx, FamilyRow row) throws SQLException {
        for (FamilyRow.Live live : row.live()) {
            Revocations.add(tx, new Revocation(Revocation.Kind.JTI, live.jti(), live.until()));
        }
    }

    private static void delete(Transaction tx, String id) throws SQLException {
        tx.change("DELETE FROM spent_refresh WHERE family = ?", id);
        tx.change("DELETE FROM token_family WHERE id = ?", id);
    }

    /// Ends what was bought with one authorization, as part of a larger change. Whoever calls says afterwards that tokens have been revoked.
    static void endOne(Transaction tx, FamilyRow row) throws SQLException {
        revoke(tx, row);
        delete(tx, row.id());
    }

    /// Ends all that was bought in that login. Whoever calls revokes the login by its id.
    static void endAllOf(Transaction tx, String sid) throws SQLException {
        deleteAll(tx, "SELECT id FROM token_family WHERE sid = ?", sid);
    }

    /// Ends all that the client has. Whoever calls revokes the client by its id.
    static void endAllOfClient(Transaction tx, String client) throws SQLException {
        deleteAll(tx, "SELECT id FROM token_family WHERE client = ?", client);
    }

    /// Ends all that the client has, and names each token that is still out.
    static void endAllOfRegistered(Transaction tx, String client) throws SQLException {
        for (String body : tx.all(row -> row.getString(1), BODY + "client = ?", client)) {
            endOne(tx, FamilyRow.read(body));
        }
    }

    private static void deleteAll(Transaction tx, String sql, String value) throws SQLException {
        for (String id : tx.all(row -> row.getString(1), sql, value)) {
            delete(tx, id);
        }
    }

    private static Actor who(FamilyRow row) {
        String address = Asked.current().address();
        String account = row.account();
        return account == null
                ? new Actor(Actor.Kind.CLIENT, row.client(), List.of(), address)
                : new Actor(Actor.Kind.PERSON, account, List.of(), address);
    }

    private static Map<String, String> details(FamilyRow row) {
        Map<String, String> details = new TreeMap<>();
        details.put("client", row.client());
        details.put("grant", row.grant());
        if (row.sid() != null) {
            details.put("sid", row.sid());
        }
        if (row.claims().get("jti") instanceof String jti) {
            details.put("jti", jti);
        }
        return details;
    }
}
