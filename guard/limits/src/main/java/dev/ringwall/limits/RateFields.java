package dev.ringwall.limits;

import dev.ringwall.model.Limit;

/// What answers say of one limit (draft-ietf-httpapi-ratelimit-headers-10).
///
/// @param item   the limit's name, as both fields begin
/// @param policy the value of `RateLimit-Policy`
public record RateFields(String item, String policy) {

    static RateFields of(Limit limit, String name) {
        String unit =
                switch (limit.unit()) {
                    case CALLS -> "";
                    case AT_ONCE -> "-at-once";
                    case BYTES -> "-bytes";
                };
        String item = "\"" + name + "-" + limit.key().word() + unit + "\"";
        String policy =
                switch (limit.unit()) {
                    case CALLS -> ";w=" + limit.per().toSeconds();
                    case AT_ONCE -> ";qu=\"concurrent-requests\"";
                    case BYTES -> ";qu=\"content-bytes\";w=" + limit.per().toSeconds();
                };
        return new RateFields(item, item + ";q=" + limit.count() + policy);
    }

    /// The value of `RateLimit`.
    ///
    /// @param left  how much may still be used up
    /// @param reset after how many seconds there is more
    public String state(long left, long reset) {
        return item + ";r=" + left + ";t=" + reset;
    }
}
