package dev.ringwall.federation;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Key sets that others publish at an address (RFC 7517 §5), fetched as everything of others is: by TLS at public addresses, without following
/// redirects, within limits of time and size. Whoever calls has looked whether that address may be gone to at all. Any thread may use it.
public final class PublishedKeys {

    /// So many addresses are remembered; the one that was asked for the longest ago goes first.
    static final int ADDRESSES_MAX = 1_000;

    private static final float LOAD = 0.75f;

    private final InstantSource clock;
    private final Fetch elsewhere = new Fetch(new Reach(false, List.of()));
    private final Fetch here = new Fetch(new Reach(true, List.of()));
    private final Map<URI, Kept> kept =
            new LinkedHashMap<>(16, LOAD, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<URI, Kept> eldest) {
                    return size() > ADDRESSES_MAX;
                }
            };

    public PublishedKeys(InstantSource clock) {
        this.clock = clock;
    }

    /// What lies at one address.
    private final class Kept {
        private @Nullable String text;
        private Instant since = Instant.EPOCH;
        private Instant tried = Instant.EPOCH;

        synchronized Optional<String> text(URI address, boolean anew) {
            Instant now = clock.instant();
            boolean old = text == null || !now.isBefore(since.plus(Known.FRESH));
            if ((old || anew) && !now.isBefore(tried.plus(Known.PAUSE))) {
                tried = now;
                try {
                    Fetch.Answer answer = (Reach.isHere(address) ? here : elsewhere).get(address);
                    Untrusted.unless(answer.status() == 200, "keys-unreachable");
                    text = answer.body();
                    since = now;
                } catch (Untrusted _) {
                    // what was read before counts for a while longer
                }
            }
            if (!now.isBefore(since.plus(Known.STALE))) {
                text = null;
            }
            return Optional.ofNullable(text);
        }
    }

    /// The text that lies there; empty where none is to be had. What was read counts for 15 minutes, and for a day while nobody answers there.
    ///
    /// @param anew whether to look again before, for a key that is not in it; every 30 s at most
    public Optional<String> at(URI address, boolean anew) {
        Kept one;
        synchronized (kept) {
            one = kept.computeIfAbsent(address, _ -> new Kept());
        }
        return one.text(address, anew);
    }
}
