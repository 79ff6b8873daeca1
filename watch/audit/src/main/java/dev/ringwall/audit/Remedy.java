package dev.ringwall.audit;

import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.model.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to change if a refused call should have gone through.
final class Remedy {

    private static final Pattern ALLOW =
            Pattern.compile("\\ballow:\\s*(?:\\[([^\\]]*)\\]|([a-z][a-z0-9-]*))");
    private static final Pattern CALLS = Pattern.compile("\\bcalls:\\s*\\[([^\\]]*)\\]");

    private Remedy() {}

    /// In one sentence without its full stop.
    static String of(CallDecided call, Reason reason) {
        String operation = call.operation().orElse("the operation");
        return switch (reason) {
            case BAD_REQUEST -> "send a well-formed HTTP/1.1 request";
            case TOO_LARGE, HEADERS_TOO_LARGE -> "send less at once";
            case TOO_SLOW ->
                    "send the body without long pauses, and at least 500 bytes a second after a minute";
            case PEER_NOT_TRUSTED ->
                    "call through the sidecar of a declared service that has joined this system";
            case BLOCKED -> "wait until the block ends, or lift it";
            case NOT_DECLARED -> "declare an operation with this path, or correct the path";
            case METHOD_NOT_DECLARED ->
                    "declare an operation with this method and path, or correct the method";
            case MISDIRECTED ->
                    "call `domain:`, or add the host to `names:` of `door:`; for `mutual-tls:` open a connection of its own";
            case LIMIT_REACHED ->
                    "wait as long as Retry-After says, or raise `limit:` of " + operation;
            case NO_TOKEN ->
                    "send `Authorization: Bearer …` with a token or a key of a role in `allow:` of "
                            + operation;
            case TOKEN_MALFORMED, TOKEN_NOT_OURS, TOKEN_WRONG_AUDIENCE ->
                    "get a token from this system's identity provider, for this system";
            case TOKEN_EXPIRED, TOKEN_REVOKED -> "get a new token";
            case TOKEN_NOT_OPENED ->
                    "get a new token; where new ones are refused too, the gateway has no keys from the control plane yet";
            case PROOF_MISSING ->
                    "send the token as `Authorization: DPoP …` with a proof in the header `DPoP`";
            case PROOF_NONCE_MISSING ->
                    "send a new proof with the `nonce` of the answer's `DPoP-Nonce`; gateways ask for it while the Redis of `counters:` is away";
            case PROOF_NOT_VALID, PROOF_REPLAYED ->
                    "make a new proof for each request: its method, its URL, its token, and the time now";
            case CERTIFICATE_MISSING ->
                    "call the host that `mutual-tls:` of `door:` names, with the certificate that the token was given to";
            case CERTIFICATE_NOT_VALID ->
                    "show the certificate that the token was given to, or get a token for this one";
            case TOKEN_NOT_YET_VALID -> "correct the clock of whoever issued the token";
            case KEY_UNKNOWN, KEY_EXPIRED -> "create a new key";
            case ADDRESS_NOT_ALLOWED ->
                    "call from a declared network, or add this one to `from:` of the role";
            case TXN_TOKEN_MISSING, TXN_TOKEN_INVALID ->
                    "call through the sidecar, which adds a token that is bound to this call";
            case NOT_ALLOWED ->
                    "add the caller's role to `allow:` of "
                            + operation
                            + ", or call as a role that has it";
            case SCOPE_MISSING -> "ask for the scope " + operation + " when getting the token";
            case CALL_NOT_DECLARED -> "add " + operation + " to `calls:` of the calling service";
            case CONDITION_FAILED ->
                    "the condition in `when:` of "
                            + operation
                            + " has to hold for this caller and request";
            case REQUIRED_READ_REFUSED ->
                    "what `requires:` of "
                            + operation
                            + " names must answer well to this caller for the same thing";
            case GIVES_WHAT_IT_LACKS, HOLDS_MORE ->
                    "allow a role of the caller everything that the other role may, or let somebody do it who may";
            case OWN_ACCOUNT -> "use the account's own pages, or ask another administrator";
            case REQUEST_NOT_VALID ->
                    "send what the service's OpenAPI document describes for " + operation;
            case MEDIA_TYPE_NOT_DECLARED ->
                    "send a media type that the service's OpenAPI document has for " + operation;
            case ORIGIN_NOT_ALLOWED ->
                    "open it from a page of the door itself, or from a program that is no browser";
            case UNREACHABLE -> "start the service, or correct where it is said to listen";
            case UPSTREAM_TIMEOUT -> "find out why the service is slow";
            case NOT_READY -> "wait until the node has its configuration from the control plane";
            case ANSWER_WITHHELD ->
                    "the condition in `when:` of " + operation + " has to hold for the answer";
            case ANSWER_NOT_VALID ->
                    "let the service answer as its OpenAPI document says, or mend the document";
            case ANSWER_TOO_LARGE -> "let the service answer in smaller parts";
            case NOT_RECORDED ->
                    "make room for the spool or mend its disk, and let it reach the control plane";
            case UNFORESEEN -> "look for this request in the node's log, and report it";
        };
    }

    /// The declaration's line as it would let the call through; empty where that is not one line's affair.
    static Optional<String> change(CallDecided call, String line) {
        List<String> roles = call.caller().roles();
        Optional<Reason> reason = call.reason();
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        return switch (reason.get()) {
            case NOT_ALLOWED ->
                    roles.size() == 1
                            ? added(ALLOW, line, "allow", roles.getFirst())
                            : Optional.empty();
            case CALL_NOT_DECLARED ->
                    call.operation().flatMap(name -> added(CALLS, line, "calls", name));
            default -> Optional.empty();
        };
    }

    private static Optional<String> added(Pattern list, String line, String key, String more) {
        Matcher matcher = list.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String inList = matcher.group(1);
        String before = inList != null ? inList.strip() : matcher.group(2);
        String all = before.isEmpty() ? more : before + ", " + more;
        return Optional.of(
                line.substring(0, matcher.start())
                        + key
                        + ": ["
                        + all
                        + "]"
                        + line.substring(matcher.end()));
    }
}
