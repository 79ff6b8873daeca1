package dev.ringwall.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.model.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The keys that sign tokens, for each algorithm that is declared, and always for ES256 (RFC 7518 §3.4).
///
/// Of each algorithm one signs. The next one is published beside it long before it signs, so that everyone knows it by then; one that
/// signed is published until its last token is dead, and its private half is gone at once. Any thread may use it; one process owns the file.
public final class TokenKeys {

    /// How long one key signs when nobody rotates by hand.
    public static final Duration PERIOD = Duration.ofDays(30);

    /// How long a key is published before it may sign.
    public static final Duration AHEAD = Duration.ofSeconds(10);

    /// How far apart the clocks of a system may be.
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final TokenKeyFile file;
    private final Duration tokensLive;
    private final InstantSource clock;
    private final Rotating<State> state;
    private final ReentrantLock rotating = new ReentrantLock();

    private TokenKeys(TokenKeyFile file, Duration tokensLive, InstantSource clock, State state) {
        this.file = file;
        this.tokensLive = tokensLive;
        this.clock = clock;
        this.state = new Rotating<>(state);
    }

    /// All keys at one moment.
    record State(Map<SigningAlgorithm, TokenKey.Pair> pairs, List<TokenKey.Retired> retired) {
        State {
            pairs = Collections.unmodifiableMap(new EnumMap<>(pairs));
            retired = List.copyOf(retired);
        }
    }

    /// What became of opening the keys.
    public sealed interface Opened {
        /// They are at work.
        record Ready(TokenKeys keys) implements Opened {}

        /// The unlock secret does not open them; nothing was changed.
        record WrongSecret(Path file) implements Opened {}

        /// The file is not what this house writes.
        record Unusable(String why) implements Opened {}
    }

    /// What became of a rotation.
    public sealed interface Rotation {
        /// The next key of each algorithm signs now.
        ///
        /// @param signing the `kid` of the one for ES256
        record Rotated(String signing) implements Rotation {}

        /// The next keys have not been published long enough for everyone to know them.
        record TooSoon(Instant until) implements Rotation {}
    }

    /// Opens the keys in that file, or makes them where there is none.
    ///
    /// @param algorithms what is signed with, besides ES256; the keys of others are withdrawn
    /// @param tokensLive how long a token lives at most; so long a key that signed stays published
    /// @throws IOException when the disk fails
    public static Opened open(
            Path file,
            Vault vault,
            Set<SigningAlgorithm> algorithms,
            Duration tokensLive,
            InstantSource clock)
            throws IOException {
        TokenKeyFile stored = new TokenKeyFile(file, vault);
        Instant now = clock.instant();
        if (!Files.exists(file)) {
            Map<SigningAlgorithm, TokenKey.Pair> pairs = new EnumMap<>(SigningAlgorithm.class);
            pairs.put(SigningAlgorithm.ES256, TokenKey.Pair.make(SigningAlgorithm.ES256, now, now));
            algorithms.forEach(one ->
                    pairs.computeIfAbsent(one, missing -> TokenKey.Pair.make(missing, now, now)));
            State first = new State(pairs, List.of());
            stored.write(first);
            return new Opened.Ready(new TokenKeys(stored, tokensLive, clock, first));
        }
        return switch (stored.read()) {
            case TokenKeyFile.Read.Keys(State known) -> {
                TokenKeys keys = new TokenKeys(stored, tokensLive, clock, known);
                keys.use(algorithms);
                keys.withdrawAllBut(algorithms);
                yield new Opened.Ready(keys);
            }
            case TokenKeyFile.Read.StaysLocked() -> new Opened.WrongSecret(file);
            case TokenKeyFile.Read.Unusable(String why) -> new Opened.Unusable(file + ": " + why);
        };
    }

    /// Makes and publishes keys for algorithms that had none. Those that are used no more keep theirs until the next start, so that nobody
    /// is without a key who has read the declaration before.
    ///
    /// @throws IOException when the disk fails; then nothing has changed
    public void use(Set<SigningAlgorithm> algorithms) throws IOException {
        rotating.lock();
        try {
            State before = state.current();
            if (before.pairs().keySet().containsAll(algorithms)) {
                return;
            }
            Instant now = clock.instant();
            Map<SigningAlgorithm, TokenKey.Pair> pairs = new EnumMap<>(before.pairs());
            algorithms.forEach(one ->
                    pairs.computeIfAbsent(
                            one, missing -> TokenKey.Pair.make(missing, now, now.plus(AHEAD))));
            change(new State(pairs, alive(before.retired())));
        } finally {
            rotating.unlock();
        }
    }

    private void withdrawAllBut(Set<SigningAlgorithm> algorithms) throws IOException {
        State before = state.current();
        Map<SigningAlgorithm, TokenKey.Pair> pairs = new EnumMap<>(before.pairs());
        List<TokenKey.Retired> retired = new ArrayList<>(alive(before.retired()));
        before.pairs()
                .forEach((algorithm, pair) -> {
                    if (algorithm != SigningAlgorithm.ES256 && !algorithms.contains(algorithm)) {
                        pairs.remove(algorithm);
                        retired.add(pair.signing().retires(lastTokenDead()));
                    }
                });
        if (pairs.size() < before.pairs().size()) {
            change(new State(pairs, retired));
        }
    }

    private Instant lastTokenDead() {
        return clock.instant().plus(tokensLive).plus(CLOCK_SKEW);
    }

    private void change(State after) throws IOException {
        file.write(after);
        state.swap(after);
    }

    /// The key of that algorithm that signs now.
    ///
    /// @throws IllegalStateException when the algorithm is not in use
    public SigningKey signing(SigningAlgorithm algorithm) {
        return pair(algorithm).signing().key();
    }

    /// The key that signs what nodes must be able to check at once: of that algorithm when everyone knows it, of ES256 until then.
    public SigningKey known(SigningAlgorithm algorithm) {
        TokenKey.Signing signing = pair(algorithm).signing();
        return clock.instant().isBefore(signing.since())
                ? signing(SigningAlgorithm.ES256)
                : signing.key();
    }

    private TokenKey.Pair pair(SigningAlgorithm algorithm) {
        TokenKey.Pair pair = state.current().pairs().get(algorithm);
        if (pair == null) {
            throw new IllegalStateException("nothing is signed with " + algorithm.word());
        }
        return pair;
    }

    /// The public halves of all keys whose tokens may be alive, as a JSON Web Key Set (RFC 7517 §5).
    public String jwks() {
        State now = state.current();
        List<JWK> published = new ArrayList<>();
        now.pairs()
                .values()
                .forEach(pair -> {
                    published.add(pair.signing().jwk());
                    published.add(pair.next().jwk());
                });
        alive(now.retired()).forEach(retired -> published.add(retired.jwk()));
        return new JWKSet(published).toString(true);
    }

    /// When the next rotation is due.
    public Instant rotateAt() {
        return state.current().pairs().values().stream()
                .map(pair -> pair.signing().since())
                .min(Instant::compareTo)
                .orElseThrow()
                .plus(PERIOD);
    }

    /// Rotates if it is due.
    ///
    /// @return whether the key set changed
    public boolean rotateWhenDue() throws IOException {
        return !clock.instant().isBefore(rotateAt()) && rotate() instanceof Rotation.Rotated;
    }

    /// Lets the next key of each algorithm sign from now on and publishes another after it.
    ///
    /// @throws IOException when the disk fails; then nothing has changed
    public Rotation rotate() throws IOException {
        rotating.lock();
        try {
            State before = state.current();
            Instant now = clock.instant();
            Instant known =
                    before.pairs().values().stream()
                            .map(pair -> pair.next().published())
                            .max(Instant::compareTo)
                            .orElseThrow()
                            .plus(AHEAD);
            if (now.isBefore(known)) {
                return new Rotation.TooSoon(known);
            }
            List<TokenKey.Retired> retired = new ArrayList<>(alive(before.retired()));
            Map<SigningAlgorithm, TokenKey.Pair> pairs = new EnumMap<>(SigningAlgorithm.class);
            before.pairs()
                    .forEach((algorithm, pair) -> {
                        retired.add(pair.signing().retires(lastTokenDead()));
                        pairs.put(
                                algorithm,
                                new TokenKey.Pair(
                                        pair.next().signs(now),
                                        new TokenKey.Next(SigningKey.make(algorithm), now)));
                    });
            change(new State(pairs, retired));
            return new Rotation.Rotated(signing(SigningAlgorithm.ES256).id());
        } finally {
            rotating.unlock();
        }
    }

    private List<TokenKey.Retired> alive(List<TokenKey.Retired> retired) {
        Instant now = clock.instant();
        return retired.stream().filter(key -> now.isBefore(key.until())).toList();
    }
}
