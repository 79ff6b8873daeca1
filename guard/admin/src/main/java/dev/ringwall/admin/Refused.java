package dev.ringwall.admin;

import dev.ringwall.model.Reason;

/// What was asked for is not done. It is thrown within this room only: [AdminApi] makes the answer of it, in the words of either API.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7644#section-3.12">RFC 7644 §3.12 for the words of SCIM</a>
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final String scimType;

    /// @param reason   a stable word
    /// @param scimType what SCIM calls it; `` where it has no word for it
    Refused(int status, String reason, String scimType, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.reason = reason;
        this.scimType = scimType;
    }

    static Refused unusable(String detail) {
        return new Refused(400, "unusable", "invalidValue", detail);
    }

    static Refused syntax(String detail) {
        return new Refused(400, "unusable", "invalidSyntax", detail);
    }

    static Refused filter(String detail) {
        return new Refused(400, "unusable", "invalidFilter", detail);
    }

    static Refused path(String detail) {
        return new Refused(400, "unusable", "invalidPath", detail);
    }

    static Refused target(String detail) {
        return new Refused(400, "unusable", "noTarget", detail);
    }

    static Refused readOnly(String detail) {
        return new Refused(400, "read-only", "mutability", detail);
    }

    static Refused missing(String what) {
        return new Refused(404, "not-found", "", "there is no such " + what);
    }

    static Refused taken() {
        return new Refused(409, "name-taken", "uniqueness", "another account has that name");
    }

    static Refused stale() {
        return new Refused(412, "changed-meanwhile", "", "it is not any more as it was seen");
    }

    /// It is larger than what is taken at a time (RFC 7644 §3.7.4).
    static Refused tooLarge(String detail) {
        return new Refused(413, Reason.TOO_LARGE.word(), "", detail);
    }

    /// What a ring would have said of it.
    static Refused by(Reason reason, String detail) {
        return new Refused(reason.status(), reason.word(), "", detail);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String scimType() {
        return scimType;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
