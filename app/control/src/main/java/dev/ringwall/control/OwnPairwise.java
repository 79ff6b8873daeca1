package dev.ringwall.control;

import dev.ringwall.identity.Pairwise;
import dev.ringwall.keys.PairwiseKeys;

/// The system's ids for clients that have their own, for its identity provider.
record OwnPairwise(PairwiseKeys keys) implements Pairwise {

    @Override
    public String subject(String sector, String account) {
        return keys.salt().subject(sector, account);
    }

    @Override
    public String session(String sector, String sid) {
        return keys.salt().session(sector, sid);
    }

    @Override
    public String sealed(String says) {
        return keys.claims().seal(says);
    }
}
