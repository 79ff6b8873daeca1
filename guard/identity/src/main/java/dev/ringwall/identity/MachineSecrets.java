package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Compares secrets that were made here. They have 256 random bits, so a fast hash keeps them as well as a slow one would, and a token
/// costs a thousandth of the time.
final class MachineSecrets implements PasswordEncoder {

    @Override
    public String encode(@Nullable CharSequence secret) {
        return Secrets.sha256(secret == null ? "" : secret);
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
        return secret != null && hash != null && Secrets.same(Secrets.sha256(secret), hash);
    }
}
