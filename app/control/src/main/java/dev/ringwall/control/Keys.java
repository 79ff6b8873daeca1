package dev.ringwall.control;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.CryptoProviders;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.PairwiseKeys;
import dev.ringwall.keys.Sealer;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.Blueprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The keys of a control plane, opened with the unlock secret.
record Keys(
        CertificateAuthority authority, TokenKeys tokens, Sealer sealer, PairwiseKeys pairwise) {

    /// How long an access token lives at most.
    static final Duration TOKENS_LIVE = Duration.ofMinutes(5);

    /// What became of opening them.
    sealed interface Opened {
        record Ready(Keys keys) implements Opened {}

        record Refused(String why) implements Opened {}
    }

    /// Opens them. What signs with them from then on is the quick provider where it loads: a token costs half as much.
    static Opened open(ControlSettings settings, Blueprint blueprint) throws IOException {
        CryptoProviders.installed();
        Vault vault = Vault.under(settings.unlock());
        Path folder = settings.folder().resolve("ca");
        return switch (CertificateAuthority.open(
                folder, blueprint.system(), vault, settings.clock(), Lifetimes.DEFAULT)) {
            case CertificateAuthority.Opened.WrongSecret(Path file) -> wrongSecret(file);
            case CertificateAuthority.Opened.Unusable(String why) -> new Opened.Refused(why);
            case CertificateAuthority.Opened.Ready(CertificateAuthority authority) ->
                    switch (TokenKeys.open(
                            folder.resolve("token-keys.json"),
                            vault,
                            blueprint.signedWith(),
                            TOKENS_LIVE,
                            settings.clock())) {
                        case TokenKeys.Opened.WrongSecret(Path file) -> wrongSecret(file);
                        case TokenKeys.Opened.Unusable(String why) -> new Opened.Refused(why);
                        case TokenKeys.Opened.Ready(TokenKeys tokens) ->
                                switch (Sealer.open(folder.resolve("seal.json"), vault)) {
                                    case Sealer.Opened.WrongSecret(Path file) -> wrongSecret(file);
                                    case Sealer.Opened.Unusable(String why) ->
                                            new Opened.Refused(why);
                                    case Sealer.Opened.Ready(Sealer sealer) ->
                                            pairwise(settings, folder, authority, tokens, sealer);
                                };
                    };
        };
    }

    private static Opened pairwise(
            ControlSettings settings,
            Path folder,
            CertificateAuthority authority,
            TokenKeys tokens,
            Sealer sealer)
            throws IOException {
        return switch (PairwiseKeys.open(folder, sealer, TOKENS_LIVE, settings.clock())) {
            case PairwiseKeys.Opened.Unusable(String why) -> new Opened.Refused(why);
            case PairwiseKeys.Opened.Ready(PairwiseKeys pairwise) ->
                    new Opened.Ready(new Keys(authority, tokens, sealer, pairwise));
        };
    }

    /// Rotates what is due; true when gateways must be told of other keys that tokens are signed with.
    boolean rotateWhenDue() throws IOException {
        pairwise.claims().rotateWhenDue();
        return tokens.rotateWhenDue();
    }

    private static Opened wrongSecret(Path file) {
        return new Opened.Refused(
                "the unlock secret does not open "
                        + file
                        + " (expected: the secret of the first start; it lies in ~/.config/ringwall/unlock, or was given in RINGWALL_UNLOCK)");
    }
}
