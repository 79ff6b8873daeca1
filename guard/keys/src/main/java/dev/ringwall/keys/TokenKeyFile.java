package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ringwall.model.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where token keys lie: one JSON file, replaced as a whole, private halves locked in a [Vault].
final class TokenKeyFile {

    private static final String STATE = "state";
    private static final String AT = "at";
    private static final String LOCKED = "locked";
    private static final String JWK_OF = "jwk";

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
            for (TokenKey.Pair pair : state.pairs().values()) {
                TokenKey.Signing signing = pair.signing();
                keys.add(entry("signing", signing.since(), signing, locked(signing.key())));
                TokenKey.Next next = pair.next();
                keys.add(entry("next", next.published(), next, locked(next.key())));
            }
            for (TokenKey.Retired retired : state.retired()) {
                keys.add(entry("retired", retired.until(), retired, ""));
            }
            KeyFiles.write(file, JSONObjectUtils.toJSONString(Map.of("keys", keys)) + "\n");
        } catch (GeneralSecurityException cannotLock) {
            throw new IOException(cannotLock);
        }
    }

    private String locked(SigningKey key) throws GeneralSecurityException {
        return vault.lock(key.privateKey());
    }

    private static Map<String, Object> entry(
            String state, Instant at, TokenKey key, String locked) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(STATE, state);
        entry.put(AT, at.toString());
        entry.put(JWK_OF, key.jwk().toJSONObject());
        if (!locked.isEmpty()) {
            entry.put(LOCKED, locked);
        }
        return entry;
    }

    Read read() throws IOException {
        try {
            Map<SigningAlgorithm, TokenKey.Signing> signing = new EnumMap<>(SigningAlgorithm.class);
            Map<SigningAlgorithm, TokenKey.Next> next = new EnumMap<>(SigningAlgorithm.class);
            List<TokenKey.Retired> retired = new ArrayList<>();
            int locked = 0;
            for (Map<String, Object> entry :
                    JSONObjectUtils.getJSONObjectArray(
                            JSONObjectUtils.parse(KeyFiles.read(file)), "keys")) {
                JWK jwk = JWK.parse(JSONObjectUtils.getJSONObject(entry, JWK_OF));
                Instant at = Instant.parse(JSONObjectUtils.getString(entry, AT));
                String state = JSONObjectUtils.getString(entry, STATE);
                if (state.equals("retired")) {
                    retired.add(new TokenKey.Retired(jwk, at));
                    continue;
                }
                SigningAlgorithm algorithm =
                        VerifyingKey.algorithm(jwk)
                                .orElseThrow(() ->
                                        new GeneralSecurityException("a key of another kind"));
                switch (vault.unlock(JSONObjectUtils.getString(entry, LOCKED))) {
                    case Vault.Unlocked.StaysLocked() -> {
                        return new Read.StaysLocked();
                    }
                    case Vault.Unlocked.Unusable(String why) -> {
                        return new Read.Unusable(why);
                    }
                    case Vault.Unlocked.Key(PrivateKey half) -> {
                        SigningKey key = SigningKey.of(algorithm, jwk, half);
                        locked++;
                        if (state.equals("signing")) {
                            signing.put(algorithm, new TokenKey.Signing(key, at));
                        } else {
                            next.put(algorithm, new TokenKey.Next(key, at));
                        }
                    }
                }
            }
            if (!signing.containsKey(SigningAlgorithm.ES256)
                    || !signing.keySet().equals(next.keySet())
                    || locked != signing.size() + next.size()) {
                return new Read.Unusable(
                        locked
                                + " keys (expected: of ES256 and of each other algorithm one that signs and a next one)");
            }
            Map<SigningAlgorithm, TokenKey.Pair> pairs = new EnumMap<>(SigningAlgorithm.class);
            for (Map.Entry<SigningAlgorithm, TokenKey.Signing> one : signing.entrySet()) {
                TokenKey.Next after = next.get(one.getKey());
                if (after != null) {
                    pairs.put(one.getKey(), new TokenKey.Pair(one.getValue(), after));
                }
            }
            return new Read.Keys(new TokenKeys.State(pairs, retired));
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | RuntimeException malformed) {
            return new Read.Unusable("no token keys: " + malformed.getMessage());
        }
    }
}
