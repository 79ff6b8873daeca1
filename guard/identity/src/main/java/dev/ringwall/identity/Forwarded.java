package dev.ringwall.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads who the client was from the `Forwarded` header (RFC 7239 §5.2, §6). The gateway writes exactly one element; a header with more
/// is not its, and not believed.
final class Forwarded {

    private static final Pattern FOR =
            Pattern.compile(
                    "(?:^|;)\\s*for=(?:\"?(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?\"?|\"\\[([0-9a-fA-F:.]{2,45})](?::\\d{1,5})?\")\\s*(?:;|$)",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern HOST =
            Pattern.compile(
                    "(?:^|;)\\s*host=\"?([A-Za-z0-9.-]{1,253})(?::\\d{1,5})?\"?\\s*(?:;|$)",
                    Pattern.CASE_INSENSITIVE);

    private Forwarded() {}

    /// The host name that the client asked, without a port.
    static Optional<String> host(@Nullable String header) {
        if (header == null || header.contains(",")) {
            return Optional.empty();
        }
        Matcher found = HOST.matcher(header);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /// The client's address.
    static Optional<String> client(@Nullable String header) {
        if (header == null || header.contains(",")) {
            return Optional.empty();
        }
        Matcher found = FOR.matcher(header);
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.of(found.group(1) == null ? found.group(2) : found.group(1));
    }
}
