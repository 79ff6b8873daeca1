package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where token keys lie: one JSON file, replaced as a whole, private halves locked in a [Vault].
final class TokenKeyFile {

    private static final String STATE = "state";
    private static final String AT = "at";
    private static final String LOCKED = "locked";
    private static final String JWK = "jwk";

    private final Path file;
    private final Vault vault;

    TokenKeyFile(Path file, Vault vault) {
        this.file = file;
        this.vault = vault;
    }

    /// What is in the file.
    sealed interface Read {
        record Keys(TokenKeys.State state) implements Read {}

        record StaysLocked() implements Read {}

        record Unusable(String why) implements Read {}
    }

    void write(TokenKeys.State state) throws IOException {
        try {
            List<Object> keys = new ArrayList<>();
            keys.add(
                    entry(
                            "signing",
                            state.signing().since(),
                            state.signing(),
                            vault.lock(state.signing().key().privateKey())));
            keys.add(
                    entry(
                            "next",
                            state.next().published(),
                            state.next(),
                            vault.lock(state.next().key().privateKey())));
            for (TokenKey.Retired retired : state.retired()) {
                keys.add(entry("retired", retired.until(), retired, ""));
            }
            KeyFiles.write(file, JSONObjectUtils.toJSONString(Map.of("keys", keys)) + "\n");
        } catch (GeneralSecurityException cannotLock) {
            throw new IOException(cannotLock);
        }
    }

    private static Map<String, Object> entry(
            String state, Instant at, TokenKey key, String locked) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(STATE, state);
        entry.put(AT, at.toString());
        entry.put(JWK, key.jwk().toJSONObject());
        if (!locked.isEmpty()) {
            entry.put(LOCKED, locked);
        }
        return entry;
    }

    Read read() throws IOException {
        try {
            List<TokenKey.Signing> signing = new ArrayList<>();
            List<TokenKey.Next> next = new ArrayList<>();
            List<TokenKey.Retired> retired = new ArrayList<>();
            for (Map<String, Object> entry :
                    JSONObjectUtils.getJSONObjectArray(
                            JSONObjectUtils.parse(KeyFiles.read(file)), "keys")) {
                ECKey jwk = ECKey.parse(JSONObjectUtils.getJSONObject(entry, JWK));
                Instant at = Instant.parse(JSONObjectUtils.getString(entry, AT));
                String state = JSONObjectUtils.getString(entry, STATE);
                if (state.equals("retired")) {
                    retired.add(new TokenKey.Retired(jwk, at));
                    continue;
                }
                switch (vault.unlock(JSONObjectUtils.getString(entry, LOCKED))) {
                    case Vault.Unlocked.StaysLocked() -> {
                        return new Read.StaysLocked();
                    }
                    case Vault.Unlocked.Unusable(String why) -> {
                        return new Read.Unusable(why);
                    }
                    case Vault.Unlocked.Key(ECPrivateKey half) -> {
                        SigningKey key = new SigningKey(jwk.getKeyID(), half, jwk.toECPublicKey());
                        if (!Certificates.belongTogether(half, key.publicKey())) {
                            return new Read.Unusable(
                                    jwk.getKeyID() + ": its halves do not belong together");
                        }
                        if (state.equals("signing")) {
                            signing.add(new TokenKey.Signing(jwk, key, at));
                        } else {
                            next.add(new TokenKey.Next(jwk, key, at));
                        }
                    }
                }
            }
            return signing.size() == 1 && next.size() == 1
                    ? new Read.Keys(
                            new TokenKeys.State(signing.getFirst(), next.getFirst(), retired))
                    : new Read.Unusable(
                            signing.size()
                                    + " signing keys and "
                                    + next.size()
                                    + " next (expected: 1, 1)");
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | RuntimeException malformed) {
            return new Read.Unusable("no token keys: " + malformed.getMessage());
        }
    }
}
