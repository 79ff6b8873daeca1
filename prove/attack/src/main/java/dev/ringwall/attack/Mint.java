package dev.ringwall.attack;

import java.util.Map;

/// Signs whatever it is given with the provider's own token key.
///
/// Only who holds that key can offer this; it makes the attacks sharp that need a true signature over wrong claims (expired, for
/// somebody else). Without a mint the same tokens are signed with a key of the prover, and the signature check may stop them first.
@FunctionalInterface
public interface Mint {

    /// A compact JWS over the claims, with the header members that the provider's access tokens have.
    String sign(Map<String, Object> claims);
}
