package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said between the command line and the control plane about the certificate of the public name that an authority issues.
public final class Certifying {

    /// `POST` [NewCertificate] → [Certificate].
    public static final String PUBLIC_NAME = Operating.PREFIX + "public-name/rotate";

    /// `POST` → [Account]: another key for the account with the authority.
    public static final String ACCOUNT = Operating.PREFIX + "acme-account/rotate";

    /// Why a certificate may be revoked, in the words of RFC 5280 §5.3.1: those that authorities let its holder say.
    public static final List<String> REASONS =
            List.of(
                    "key-compromise",
                    "superseded",
                    "cessation-of-operation",
                    "affiliation-changed",
                    "unspecified");

    private Certifying() {}

    /// Another certificate is wanted.
    ///
    /// @param reason    one of [#REASONS], where the one that is there is to be revoked; null where it is not
    /// @param confirmed without it nothing is done where something is to be revoked, and it is only said what would be
    public record NewCertificate(@Nullable String reason, boolean confirmed) {}

    /// How it is now.
    ///
    /// @param certificate the serial number of the one that was there
    /// @param ends        when that one ends, or would
    /// @param revoked     `no`, `yes`, `not yet`, or `refused`
    /// @param by          the serial number of the one that took its place; null as long as there is none
    /// @param lacking     why not, where something is not done
    public record Certificate(
            String authority,
            String certificate,
            Instant ends,
            String revoked,
            @Nullable String by,
            @Nullable String lacking) {}

    /// How it is now.
    ///
    /// @param changed whether the authority has confirmed the next key; until then the one before is kept
    /// @param lacking why not, where it has not
    public record Account(String authority, boolean changed, @Nullable String lacking) {}
}
