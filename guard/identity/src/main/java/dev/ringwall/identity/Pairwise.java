package dev.ringwall.identity;

/// What clients know people by that have ids of their own (OpenID Connect Core §8.1), and how gateways are told whose they are. Any thread may use it.
public interface Pairwise {

    /// What that account is known by in the sector, always the same there and nowhere else.
    String subject(String sector, String account);

    /// What that login is known by in the sector, likewise.
    String session(String sector, String sid);

    /// That, sealed so that gateways alone can read it and nobody can tell two of them apart by more than their length.
    String sealed(String says);
}
