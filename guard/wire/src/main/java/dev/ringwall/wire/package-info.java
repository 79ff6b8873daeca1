/// Messages of HTTP/1.1 as bytes (RFC 9112), and what carries them. It knows the library's messages and buffers, and of Ringwall only how its
/// headers are called: no ring, no caller, no declaration.
///
/// What comes in is read once, strictly, byte by byte: what two programs could read differently is odd, and nothing behind it is read. What goes
/// out is written in one buffer where it is small. Header lines lie in one array on the way from one to the other.
///
/// *Start here:* [StrictRequestDecoder] reads what callers ask and [UpstreamCodec] speaks to the next hop, [Lines] are the headers of both,
/// [RequestTarget] is a path that everyone reads alike, [Transports] are the sockets.
@NullMarked
package dev.ringwall.wire;

import org.jspecify.annotations.NullMarked;
