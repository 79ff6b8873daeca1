package dev.ringwall.attack;

import static dev.ringwall.attack.Weakness.*;

import java.util.List;

/// Weaknesses that do not hide one another, and the attacks that must find each of them: who may do what, tokens, keys, signing in.
final class WeakRuns {

    private WeakRuns() {}

    static List<Weak> all() {
        return List.of(
                Weak.of()
                        .found(ALG_NONE_ACCEPTED, ".*/token-alg-none(-disguised)?")
                        .found(PUBLIC_KEY_AS_SECRET, ".*/token-key-confusion-der")
                        .found(OWN_KEY_TRUSTED, ".*/token-brings-jwk")
                        .found(EXPIRY_IGNORED, ".*/token-expired")
                        .found(
                                CLIENT_CERTIFICATE_OPTIONAL,
                                ".*/(no-client-certificate|ticket|ticket-of-another-node)")
                        .found(AUDIENCE_IGNORED, ".*/token-wrong-audience")
                        .found(ISSUER_IGNORED, ".*/token-wrong-issuer")
                        .found(CONDITION_FORGOTTEN, "notes.read/somebody-elses-as-writer.*")
                        .found(ENTRY_IGNORED, ".*/around-sidecar(-pretending|-twice)?")
                        .found(TXN_NOT_ASKED_FOR, ".*/txn-missing")
                        .found(TXN_BROUGHT_KEY_TRUSTED, ".*/txn-brings-(x5c|jwk)"),
                Weak.of()
                        .found(QUERY_TOKEN_ACCEPTED, ".*/token-in-query")
                        .found(KEY_CHECKSUM_ONLY, ".*/key-(unknown|wrong-secret)")
                        .found(KEY_ADDRESS_IGNORED, ".*/key-from-elsewhere(-pretending)?")
                        .found(LIMITS_FORGOTTEN, ".*/overrun-.*")
                        .found(TXN_EXPIRY_IGNORED, ".*/txn-expired")
                        .found(TXN_SCOPE_IGNORED, ".*/txn-other-operation")
                        .found(TXN_AUDIENCE_IGNORED, ".*/txn-wrong-audience")
                        .found(TXN_THUMBPRINT_IGNORED, ".*/txn-other-thumbprint")
                        .found(TXN_PRIOR_UNCHECKED, ".*/txn-prior-(own|foreign)-chain")
                        .found(CODE_TWICE, "auth/code-replay(-revokes)?")
                        .found(REFRESH_TWICE, "auth/refresh-reuse(-revokes)?")
                        .found(GUESSES_UNLIMITED, "auth/password-guessing"),
                Weak.of()
                        .found(TYPE_IGNORED, ".*/token-id-token")
                        .found(
                                FORWARDED_BELIEVED,
                                ".*/(overrun-per-address|key-from-elsewhere)-pretending")
                        .found(NOT_BEFORE_IGNORED, ".*/token-not-yet-valid")
                        .found(TXN_HANDED_UNCHECKED, ".*/handed-unknown-signer")
                        .found(OLD_TLS, ".*/tls-(1.2|weak-ciphers)")
                        .found(BOTH_LENGTHS_TAKEN, "gateway/smuggling-(cl-te|te-cl)")
                        .found(PKCE_OPTIONAL, "auth/pkce-(missing|plain|wrong-verifier)")
                        .found(REDIRECT_UNCHECKED, "auth/redirect-.*")
                        .found(CSRF_IGNORED, "auth/login-without-csrf-token")
                        .found(SESSION_KEPT, "auth/login-keeps-session")
                        .found(METHOD_OVERRIDDEN, ".*/method-override"),
                Weak.of()
                        .found(BINDING_IGNORED, "auth/bound-.*")
                        .found(FAMILY_KEPT, "auth/(code-replay|refresh-reuse)-revokes")
                        .found(
                                UPGRADES_LET_THROUGH,
                                ".*/(websocket-upgrade|h2-websocket)|gateway/h2-connect-extended")
                        .found(
                                SHAPE_IGNORED,
                                "(notes.add|desk.show)/(query-.*|body-(?!too-slow).*)")
                        .found(REQUIRES_IGNORED, "notes.change/changes-somebody-elses-as-writer")
                        .found(
                                HEADERS_UNCOUNTED,
                                "gateway/(headers-too-many|header-too-large|line-too-long)")
                        .found(RETRY_AFTER_FORGOTTEN, "(notes|desk).*/overrun-(per|as)-.*")
                        .found(TXN_SIGNATURE_IGNORED, ".*/txn-(foreign-key|alg-none|tampered)")
                        .found(
                                CALLS_IGNORED,
                                "(mail.peek|desk.show|notes.*)/by-(notes|mail|desk)|mail.send/by-desk")
                        .found(
                                PATH_CLEANED_LATE,
                                ".*/path-(dot|dot-dot|encoded-dot-dot|encoded-slash-dot-dot|double-slash|backslash|absolute-form)"),
                Weak.of()
                        .found(
                                SIGNATURE_IGNORED,
                                ".*/token-(alg-none|alg-none-disguised|key-confusion-.*|foreign-key|brings-.*|tampered-.*|zero-signature|no-signature)")
                        .found(INTERNAL_OPEN, "mail.*/(from-outside|as-.*|forged-identity-headers)")
                        .found(REVOCATION_IGNORED, ".*/token-revoked-as-.*")
                        .found(SCOPE_IGNORED, ".*/token-without-scope-as-.*")
                        .found(HOSTS_UNCHECKED, "gateway/(host|h2-authority)-foreign")
                        .found(BROWSERS_UNWARNED, "gateway/answer-unguarded")
                        .found(
                                CORS_ANYBODY,
                                "gateway/cors-(foreign-.*|null-origin|lookalike|other-scheme|undeclared-method)")
                        .found(UNDECLARED_ANSWERED, "desk.show/answer-undeclared")
                        .found(UNMASKED, "desk.show/answer-unmasked-visitor")
                        .found(
                                TXN_BINDING_IGNORED,
                                ".*/txn-(replayed-by-peer|foreign-chain|as-gateway)"),
                Weak.of()
                        .found(
                                OLD_LOGIN_TAKEN,
                                "auth/(prompt-login|prompt-consent|max-age)-ignored")
                        .found(CLAIMS_IGNORED, "auth/(acr-insisted-ignored|told-of-somebody-else)")
                        .found(PUSHED_UNCHECKED, "auth/request-uri-.*")
                        .found(RESOURCE_IGNORED, "auth/resource-elsewhere")
                        .found(CODE_OF_ANYBODY, "auth/code-of-another-client")
                        .found(
                                ANYBODY_LET_IN,
                                "(desk|notes).*/(no-token|forged-identity-headers|token-in-query|token-of-.*)"),
                Weak.of()
                        .found(
                                STREAMS_UNCHECKED,
                                "gateway/h2-(?!.*(flood|bomb|reset)$).*|.*/h2-websocket")
                        .found(STREAM_BODIES_UNCHECKED, "notes.add/h2-.*")
                        .found(ROLES_COUNTED_APART, "desk.show/overrun-per-role")
                        .found(AMOUNTS_UNCOUNTED, "notes.change/overrun-(bytes|at-once)-per-caller")
                        .found(TOKEN_OF_CONNECTION, ".*/token-of-another-stream")
                        .found(FLOODS_SUFFERED, "gateway/h2-.*-(flood|bomb|reset)")
                        .found(SLOW_SUFFERED, "gateway/slow-.*|.*/body-too-slow"),
                Weak.of()
                        .found(
                                NOBODY_LET_IN,
                                "auth/certified-token|desk.show/(as-reader|answer-.*|query-.*)|gateway/(cors-declared-origin|answer-unguarded)|notes.change/changes-.*|notes.(add|change)/as-writer|notes.list/as-.*|notes.read/as-(reader|writer)|notes.sweep/as-robot|notes.*/(somebody-elses|overrun-per-caller|overrun-as|overrun-bytes|overrun-at-once).*|desk.show/overrun-per-role|notes.add/(query-.*|body-(?!too-slow).*)|.*/token-without-scope-as-.*|.*/token-of-.*|.*/websocket-upgrade"));
    }
}
