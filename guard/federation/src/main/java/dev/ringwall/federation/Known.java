package dev.ringwall.federation;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.model.OutsideProvider;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is known of one provider: its metadata and its keys, asked for again after a while and, for a key that is not there, at once but not
/// often. Any thread may use it; they take turns.
final class Known implements AutoCloseable {

    /// So long what was read counts without asking again.
    static final Duration FRESH = Duration.ofMinutes(15);

    /// So long it counts while the provider does not answer.
    static final Duration STALE = Duration.ofDays(1);

    /// So long nothing is asked again after it failed, or for another key that is not there.
    static final Duration PAUSE = Duration.ofSeconds(30);

    static final int KEYS_MAX = 100;

    private final OutsideProvider provider;
    private final Fetch fetch;
    private final InstantSource clock;
    private @Nullable Metadata metadata;
    private Instant metadataSince = Instant.MIN;
    private Instant metadataTried = Instant.MIN;
    private List<JWK> keys = List.of();
    private Instant keysSince = Instant.MIN;
    private Instant keysTried = Instant.MIN;

    Known(OutsideProvider provider, InstantSource clock) {
        this.provider = provider;
        this.fetch = new Fetch(provider);
        this.clock = clock;
    }

    OutsideProvider provider() {
        return provider;
    }

    Fetch fetch() {
        return fetch;
    }

    synchronized Metadata metadata() throws Untrusted {
        Instant now = clock.instant();
        Metadata last = metadata;
        if (last != null && now.isBefore(metadataSince.plus(FRESH))) {
            return last;
        }
        if (now.isAfter(paused(metadataTried))) {
            metadataTried = now;
            try {
                Fetch.Answer answer = fetch.get(Metadata.address(provider));
                Untrusted.unless(answer.status() == 200, "provider-unreachable");
                Metadata read = Metadata.read(provider, answer.body());
                metadata = read;
                metadataSince = now;
                return read;
            } catch (Untrusted failed) {
                if (!failed.why().equals("provider-unreachable")) {
                    throw failed;
                }
            }
        }
        if (last == null || now.isAfter(metadataSince.plus(STALE))) {
            throw new Untrusted("provider-unreachable");
        }
        return last;
    }

    /// The keys that may have signed it; asks again when there is none.
    synchronized List<JWK> keys(Predicate<JWK> fits) throws Untrusted {
        Instant now = clock.instant();
        List<JWK> found = keys.stream().filter(fits).toList();
        boolean old = keysSince.equals(Instant.MIN) || now.isAfter(keysSince.plus(FRESH));
        if ((found.isEmpty() || old) && now.isAfter(paused(keysTried))) {
            keysTried = now;
            try {
                keys = read();
                keysSince = now;
            } catch (Untrusted failed) {
                if (keysSince.equals(Instant.MIN) || now.isAfter(keysSince.plus(STALE))) {
                    keys = List.of();
                    throw failed;
                }
            }
            found = keys.stream().filter(fits).toList();
        }
        return found;
    }

    private List<JWK> read() throws Untrusted {
        Fetch.Answer answer = fetch.get(metadata().keys());
        Untrusted.unless(answer.status() == 200, "provider-unreachable");
        try {
            List<JWK> read = JWKSet.parse(answer.body()).getKeys();
            Untrusted.unless(read.size() <= KEYS_MAX, "keys-not-valid");
            return read.stream().map(JWK::toPublicJWK).filter(java.util.Objects::nonNull).toList();
        } catch (ParseException unreadable) {
            throw new Untrusted("keys-not-valid", unreadable);
        }
    }

    private static Instant paused(Instant tried) {
        return tried.equals(Instant.MIN) ? tried : tried.plus(PAUSE);
    }

    @Override
    public void close() {
        fetch.close();
    }
}
