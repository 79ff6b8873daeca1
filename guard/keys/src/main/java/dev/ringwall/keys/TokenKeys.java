package dev.ringwall.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The keys that sign access tokens, ES256 (RFC 7518 §3.4).
///
/// One signs. The next one is published beside it long before it signs, so that everyone knows it by then; one that signed is
/// published until its last token is dead, and its private half is gone at once. Any thread may use it; one process owns the file.
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
    record State(TokenKey.Signing signing, TokenKey.Next next, List<TokenKey.Retired> retired) {
        State {
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
        /// The next key signs now.
        record Rotated(String signing) implements Rotation {}

        /// The next key has not been published long enough for everyone to know it.
        record TooSoon(Instant until) implements Rotation {}
    }

    /// Opens the keys in that file, or makes them where there is none.
    ///
    /// @param tokensLive how long a token lives at most; so long a key that signed stays published
    /// @throws IOException when the disk fails
    public static Opened open(Path file, Vault vault, Duration tokensLive, InstantSource clock)
            throws IOException {
        TokenKeyFile stored = new TokenKeyFile(file, vault);
        if (!Files.exists(file)) {
            Instant now = clock.instant();
            State first =
                    new State(
                            TokenKey.Next.make(now).signs(now), TokenKey.Next.make(now), List.of());
            stored.write(first);
            return new Opened.Ready(new TokenKeys(stored, tokensLive, clock, first));
        }
        return switch (stored.read()) {
            case TokenKeyFile.Read.Keys(State known) ->
                    new Opened.Ready(new TokenKeys(stored, tokensLive, clock, known));
            case TokenKeyFile.Read.StaysLocked() -> new Opened.WrongSecret(file);
            case TokenKeyFile.Read.Unusable(String why) -> new Opened.Unusable(file + ": " + why);
        };
    }

    /// The key that signs now.
    public SigningKey signing() {
        return state.current().signing().key();
    }

    /// The public halves of all keys whose tokens may be alive, as a JSON Web Key Set (RFC 7517 §5).
    public String jwks() {
        State now = state.current();
        List<JWK> published = new ArrayList<>(List.of(now.signing().jwk(), now.next().jwk()));
        alive(now.retired()).forEach(retired -> published.add(retired.jwk()));
        return new JWKSet(published).toString(true);
    }

    /// When the next rotation is due.
    public Instant rotateAt() {
        return state.current().signing().since().plus(PERIOD);
    }

    /// Rotates if it is due.
    ///
    /// @return whether the key set changed
    public boolean rotateWhenDue() throws IOException {
        return !clock.instant().isBefore(rotateAt()) && rotate() instanceof Rotation.Rotated;
    }

    /// Lets the next key sign from now on and publishes another after it.
    ///
    /// @throws IOException when the disk fails; then nothing has changed
    public Rotation rotate() throws IOException {
        rotating.lock();
        try {
            State before = state.current();
            Instant now = clock.instant();
            Instant known = before.next().published().plus(AHEAD);
            if (now.isBefore(known)) {
                return new Rotation.TooSoon(known);
            }
            List<TokenKey.Retired> retired = new ArrayList<>(alive(before.retired()));
            retired.add(before.signing().retires(now.plus(tokensLive).plus(CLOCK_SKEW)));
            State after = new State(before.next().signs(now), TokenKey.Next.make(now), retired);
            file.write(after);
            state.swap(after);
            return new Rotation.Rotated(after.signing().key().id());
        } finally {
            rotating.unlock();
        }
    }

    private List<TokenKey.Retired> alive(List<TokenKey.Retired> retired) {
        Instant now = clock.instant();
        return retired.stream().filter(key -> now.isBefore(key.until())).toList();
    }
}
