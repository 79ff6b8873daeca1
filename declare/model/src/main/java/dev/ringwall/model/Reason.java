package dev.ringwall.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a request was refused. Stable words: they stand in the audit log and in the answer's body, and are never renamed.
public enum Reason {
    // transport
    BAD_REQUEST(400, Ring.TRANSPORT, "The request is not well formed."),
    TOO_LARGE(413, Ring.TRANSPORT, "The request is larger than this door lets through."),
    TOO_SLOW(408, Ring.TRANSPORT, "The request's body comes too slowly."),
    HEADERS_TOO_LARGE(
            431, Ring.TRANSPORT, "The request's headers are larger than this door lets through."),
    PEER_NOT_TRUSTED(
            403,
            Ring.TRANSPORT,
            "The peer's certificate does not belong to this system or not to this call."),
    // block
    BLOCKED(403, Ring.BLOCK, "This caller has been shut out."),
    // route
    NOT_DECLARED(404, Ring.ROUTE, "There is no such operation."),
    METHOD_NOT_DECLARED(405, Ring.ROUTE, "There is no such method here."),
    MISDIRECTED(421, Ring.ROUTE, "This door does not answer for that host."),
    // limit
    LIMIT_REACHED(429, Ring.LIMIT, "Too many requests."),
    // authenticate
    NO_TOKEN(401, Ring.AUTHENTICATE, "This needs a token or a key."),
    TOKEN_MALFORMED(401, Ring.AUTHENTICATE, "The token is not well formed."),
    TOKEN_NOT_OURS(401, Ring.AUTHENTICATE, "The token was not issued here."),
    TOKEN_EXPIRED(401, Ring.AUTHENTICATE, "The token has expired."),
    TOKEN_NOT_YET_VALID(401, Ring.AUTHENTICATE, "The token is not valid yet."),
    TOKEN_WRONG_AUDIENCE(401, Ring.AUTHENTICATE, "The token is for somebody else."),
    TOKEN_REVOKED(401, Ring.AUTHENTICATE, "The token has been revoked."),
    TOKEN_NOT_OPENED(
            401, Ring.AUTHENTICATE, "What the token says to gateways alone cannot be read."),
    PROOF_MISSING(401, Ring.AUTHENTICATE, "The token needs a proof that its key is held."),
    PROOF_NOT_VALID(401, Ring.AUTHENTICATE, "The proof of the token's key is not good for this."),
    PROOF_NONCE_MISSING(401, Ring.AUTHENTICATE, "The proof needs the nonce of this gateway."),
    PROOF_REPLAYED(401, Ring.AUTHENTICATE, "The proof of the token's key was used before."),
    CERTIFICATE_MISSING(
            401, Ring.AUTHENTICATE, "The token needs the certificate that it is bound to."),
    CERTIFICATE_NOT_VALID(401, Ring.AUTHENTICATE, "The token is bound to another certificate."),
    KEY_UNKNOWN(401, Ring.AUTHENTICATE, "The key is not known."),
    KEY_EXPIRED(401, Ring.AUTHENTICATE, "The key has expired."),
    ADDRESS_NOT_ALLOWED(403, Ring.AUTHENTICATE, "The key may not be used from this address."),
    TXN_TOKEN_MISSING(401, Ring.AUTHENTICATE, "Calls between nodes carry a transaction token."),
    TXN_TOKEN_INVALID(401, Ring.AUTHENTICATE, "The transaction token is not good for this call."),
    // authorise
    NOT_ALLOWED(403, Ring.AUTHORISE, "This caller may not do that."),
    SCOPE_MISSING(403, Ring.AUTHORISE, "The token was not given for that."),
    CALL_NOT_DECLARED(403, Ring.AUTHORISE, "This service may not call that."),
    CONDITION_FAILED(403, Ring.AUTHORISE, "A condition on this call is not met."),
    REQUIRED_READ_REFUSED(403, Ring.AUTHORISE, "This caller may not read what this would change."),
    GIVES_WHAT_IT_LACKS(403, Ring.AUTHORISE, "This would give more than the caller holds."),
    HOLDS_MORE(403, Ring.AUTHORISE, "What this is done to holds more than the caller."),
    OWN_ACCOUNT(403, Ring.AUTHORISE, "Nobody administers their own account."),
    // inspect
    REQUEST_NOT_VALID(400, Ring.INSPECT, "The request does not have the declared shape."),
    MEDIA_TYPE_NOT_DECLARED(415, Ring.INSPECT, "The request's media type is not declared."),
    ORIGIN_NOT_ALLOWED(403, Ring.INSPECT, "Pages of another origin may not open this."),
    // forward
    UNREACHABLE(502, Ring.FORWARD, "The service cannot be reached."),
    UPSTREAM_TIMEOUT(504, Ring.FORWARD, "The service did not answer in time."),
    NOT_READY(503, Ring.FORWARD, "This node has no configuration yet."),
    // release
    ANSWER_WITHHELD(403, Ring.RELEASE, "A condition on the answer is not met."),
    ANSWER_TOO_LARGE(502, Ring.RELEASE, "The answer is too large to be checked."),
    ANSWER_NOT_VALID(502, Ring.RELEASE, "The answer does not have the declared shape."),
    // record
    NOT_RECORDED(503, Ring.RECORD, "The call could not be recorded, so it did not happen."),
    /// What nobody foresaw is refused as well.
    UNFORESEEN(500, Ring.RECORD, "Something unforeseen happened.");

    private final int status;
    private final Ring ring;
    private final String title;
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    Reason(int status, Ring ring, String title) {
        this.status = status;
        this.ring = ring;
        this.title = title;
    }

    /// The HTTP status of the refusal.
    public int status() {
        return status;
    }

    /// The ring that refuses for this reason.
    public Ring ring() {
        return ring;
    }

    /// One sentence that a stranger may read.
    public String title() {
        return title;
    }

    /// The word on the wire: `not-allowed`.
    public String word() {
        return word;
    }

    /// The reason of that word; empty when there is none.
    public static Optional<Reason> of(String word) {
        return Arrays.stream(values()).filter(reason -> reason.word().equals(word)).findFirst();
    }
}
