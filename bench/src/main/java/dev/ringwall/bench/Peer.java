package dev.ringwall.bench;

import java.util.Optional;

/// One proxy that is measured.
///
/// @param what  it does for each request
/// @param url   that is loaded
/// @param role  of the person whose token is shown with each request
/// @param pid   of the process whose time counts, with that of its workers
record Peer(String name, String what, String url, Optional<String> role, long pid) {}
