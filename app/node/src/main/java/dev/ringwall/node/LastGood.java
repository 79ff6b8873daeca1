package dev.ringwall.node;

import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SignedDocument;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.link.Bundle;
import dev.ringwall.link.Json;
import dev.ringwall.link.OwnerFiles;
import dev.ringwall.link.RecordJson;
import dev.ringwall.link.Roster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// The last bundle and roster that this node verified, in memory and on disk.
///
/// A document is taken only when the control plane signed it for this system and its number is higher than that of the one before it. An
/// altered, foreign or older one changes nothing.
final class LastGood {

    private final Path folder;
    private final PeerVerifier verifier;
    private Optional<Bundle> bundle = Optional.empty();
    private Optional<Roster> roster = Optional.empty();

    /// What became of a document.
    sealed interface Taken {
        /// It is the last good one now.
        record Accepted() implements Taken {}

        /// It is not, and the one before it stays.
        record Refused(String why) implements Taken {}
    }

    LastGood(Path folder, PeerVerifier verifier) {
        this.folder = folder;
        this.verifier = verifier;
    }

    /// Takes what lies on disk, verifying it as if it had just come.
    void load() throws IOException {
        for (String name : new String[] {"bundle.jws", "roster.jws"}) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                String document = Files.readString(file, StandardCharsets.US_ASCII);
                Taken taken =
                        name.startsWith("bundle")
                                ? takeBundle(document, false)
                                : takeRoster(document, false);
                if (taken instanceof Taken.Refused(String why)) {
                    throw new IOException(file + " is not good any more: " + why);
                }
            }
        }
    }

    Optional<Bundle> bundle() {
        return bundle;
    }

    Optional<Roster> roster() {
        return roster;
    }

    long bundleNumber() {
        return bundle.map(Bundle::number).orElse(0L);
    }

    long rosterNumber() {
        return roster.map(Roster::number).orElse(0L);
    }

    Taken takeBundle(String document) throws IOException {
        return takeBundle(document, true);
    }

    Taken takeRoster(String document) throws IOException {
        return takeRoster(document, true);
    }

    private Taken takeBundle(String document, boolean keep) throws IOException {
        return switch (open(document, Bundle.TYPE, Bundle.class, Bundle::number, bundleNumber())) {
            case Opened.Bad<Bundle>(String why) -> new Taken.Refused(why);
            case Opened.Good<Bundle>(Bundle next) -> {
                if (!next.system().equals(verifier.root().system())) {
                    yield new Taken.Refused("for the system " + next.system());
                }
                if (keep) {
                    OwnerFiles.write(folder.resolve("bundle.jws"), document);
                }
                bundle = Optional.of(next);
                yield new Taken.Accepted();
            }
        };
    }

    private Taken takeRoster(String document, boolean keep) throws IOException {
        return switch (open(document, Roster.TYPE, Roster.class, Roster::number, rosterNumber())) {
            case Opened.Bad<Roster>(String why) -> new Taken.Refused(why);
            case Opened.Good<Roster>(Roster next) -> {
                if (!next.system().equals(verifier.root().system())) {
                    yield new Taken.Refused("for the system " + next.system());
                }
                if (keep) {
                    OwnerFiles.write(folder.resolve("roster.jws"), document);
                }
                roster = Optional.of(next);
                yield new Taken.Accepted();
            }
        };
    }

    private sealed interface Opened<T> {
        record Good<T>(T value) implements Opened<T> {}

        record Bad<T>(String why) implements Opened<T> {}
    }

    private <T> Opened<T> open(
            String document, String type, Class<T> form, ToLongFunction<T> number, long have) {
        SpiffeId control = SpiffeId.control(verifier.root().system());
        return switch (SignedDocument.verify(document, type, verifier, control)) {
            case SignedDocument.Outcome.Refused(String why) -> new Opened.Bad<>(why);
            case SignedDocument.Outcome.Verified verified ->
                    switch (RecordJson.read(verified.payload(), form)) {
                        case Json.Parsed.Malformed<T>(String why) -> new Opened.Bad<>(why);
                        case Json.Parsed.Value<T>(T value) when number.applyAsLong(value) <= have ->
                                new Opened.Bad<>(
                                        "number "
                                                + number.applyAsLong(value)
                                                + " (expected: above "
                                                + have
                                                + ")");
                        case Json.Parsed.Value<T>(T value) -> new Opened.Good<>(value);
                    };
        };
    }
}
