package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The AES-256 keys that the provider seals claims to, for gateways alone to open ([SealedClaims]).
///
/// They live as token keys do ([TokenKeys]): the next one is handed to gateways long before anything is sealed to it, and one that was in use
/// until the last token that it sealed in is dead. In thirty days of ten million tokens a key seals less than a tenth of the 2^32 times that
/// random nonces are good for (NIST SP 800-38D §8.3). Any thread may use it; one process owns the file.
public final class ClaimKeys {

    private static final int BITS = 256;

    private final Path file;
    private final Sealer sealer;
    private final Duration tokensLive;
    private final InstantSource clock;
    private final Rotating<State> state;
    private final ReentrantLock rotating = new ReentrantLock();

    private ClaimKeys(
            Path file, Sealer sealer, Duration tokensLive, InstantSource clock, State state) {
        this.file = file;
        this.sealer = sealer;
        this.tokensLive = tokensLive;
        this.clock = clock;
        this.state = new Rotating<>(state);
    }

    /// A key, and since when it is what it is; of a retired one, until when.
    private record Kept(OctetSequenceKey key, Instant at) {
        @Override
        public String toString() {
            return "Kept[…]";
        }
    }

    private record State(Kept sealing, Kept next, List<Kept> retired) {}

    /// Opens the keys in that file; makes them where there is none.
    ///
    /// @return empty where the file is none that was sealed here
    /// @throws IOException when the disk fails
    static Optional<ClaimKeys> open(
            Path file, Sealer sealer, Duration tokensLive, InstantSource clock) throws IOException {
        Instant now = clock.instant();
        if (!Files.exists(file)) {
            State first = new State(new Kept(make(), now), new Kept(make(), now), List.of());
            ClaimKeys made = new ClaimKeys(file, sealer, tokensLive, clock, first);
            made.write(first);
            return Optional.of(made);
        }
        return sealer.open(KeyFiles.read(file).strip())
                .flatMap(bytes -> read(new String(bytes, StandardCharsets.UTF_8)))
                .map(known -> new ClaimKeys(file, sealer, tokensLive, clock, known));
    }

    private static OctetSequenceKey make() {
        try {
            return new OctetSequenceKeyGenerator(BITS).keyIDFromThumbprint(true).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("no key can be made", impossible);
        }
    }

    private static Optional<State> read(String text) {
        try {
            Map<String, Object> all = JSONObjectUtils.parse(text);
            List<Kept> retired = new ArrayList<>();
            for (Map<String, Object> one : JSONObjectUtils.getJSONObjectArray(all, "retired")) {
                retired.add(kept(one));
            }
            return Optional.of(
                    new State(
                            kept(JSONObjectUtils.getJSONObject(all, "sealing")),
                            kept(JSONObjectUtils.getJSONObject(all, "next")),
                            List.copyOf(retired)));
        } catch (ParseException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static Kept kept(Map<String, Object> entry) throws ParseException {
        return new Kept(
                OctetSequenceKey.parse(JSONObjectUtils.getJSONObject(entry, "jwk")),
                Instant.parse(JSONObjectUtils.getString(entry, "at")));
    }

    private static Map<String, Object> entry(Kept kept) {
        return Map.of("jwk", kept.key().toJSONObject(), "at", kept.at().toString());
    }

    private void write(State after) throws IOException {
        String text =
                JSONObjectUtils.toJSONString(
                        Map.of(
                                "sealing",
                                entry(after.sealing()),
                                "next",
                                entry(after.next()),
                                "retired",
                                after.retired().stream().map(ClaimKeys::entry).toList()));
        KeyFiles.write(file, sealer.seal(text.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    /// Seals it, for gateways alone.
    public String seal(String says) {
        return SealedClaims.seal(state.current().sealing().key(), says);
    }

    /// All keys that something may be sealed to now or next, secret halves and all, as a JSON Web Key Set: for gateways, and nobody else.
    public String dangerousJwks() {
        State now = state.current();
        List<JWK> keys = new ArrayList<>(List.of(now.sealing().key(), now.next().key()));
        alive(now.retired()).forEach(kept -> keys.add(kept.key()));
        return new JWKSet(keys).toString(false);
    }

    /// Rotates if it is due.
    ///
    /// @return whether the keys changed
    public boolean rotateWhenDue() throws IOException {
        Instant due = state.current().sealing().at().plus(TokenKeys.PERIOD);
        return !clock.instant().isBefore(due) && rotate();
    }

    /// Seals to the next key from now on and makes another after it.
    ///
    /// @return whether it did: false while gateways may not have the next key yet
    /// @throws IOException when the disk fails; then nothing has changed
    public boolean rotate() throws IOException {
        rotating.lock();
        try {
            State before = state.current();
            Instant now = clock.instant();
            if (now.isBefore(before.next().at().plus(TokenKeys.AHEAD))) {
                return false;
            }
            List<Kept> retired = new ArrayList<>(alive(before.retired()));
            retired.add(
                    new Kept(
                            before.sealing().key(),
                            now.plus(tokensLive).plus(TokenKeys.CLOCK_SKEW)));
            State after =
                    new State(
                            new Kept(before.next().key(), now),
                            new Kept(make(), now),
                            List.copyOf(retired));
            write(after);
            state.swap(after);
            return true;
        } finally {
            rotating.unlock();
        }
    }

    private List<Kept> alive(List<Kept> retired) {
        Instant now = clock.instant();
        return retired.stream().filter(kept -> now.isBefore(kept.at())).toList();
    }

    @Override
    public String toString() {
        return "ClaimKeys[…]";
    }
}
