package dev.ringwall.identity;

import dev.ringwall.model.Client;
import java.net.URI;
import java.util.List;
import java.util.Set;

/// What a program that registers itself wants to know people by (OpenID Connect Dynamic Client Registration 1.0 §2 `subject_type`).
final class SubjectType {

    static final String PARAMETER = "subject_type";

    private static final String PUBLIC = Client.Subject.PUBLIC.word();
    private static final String PAIRWISE = Client.Subject.PAIRWISE.word();

    private SubjectType() {}

    /// Ids of its own are its host's, and nothing is fetched that could say whose else they are (OpenID Connect Core §8.1): with several
    /// hosts, with none, and with this machine for one they cannot be had.
    static Client.Subject of(MetadataMembers asking, Client.Kind kind, List<String> redirects)
            throws UnusableMetadata {
        String said = asking.oneOf(PARAMETER, Set.of(PUBLIC, PAIRWISE));
        if (said == null || said.equals(PUBLIC)) {
            return Client.Subject.PUBLIC;
        }
        boolean oneHost =
                redirects.stream().allMatch(address -> address.startsWith("https:"))
                        && redirects.stream().map(SubjectType::host).distinct().count() == 1;
        if (!kind.returns() || !oneHost) {
            throw UnusableMetadata.because(
                    "`subject_type` is pairwise, and `redirect_uris` are not all at one host by https (expected: one host, or public)");
        }
        return Client.Subject.PAIRWISE;
    }

    private static String host(String address) {
        try {
            return String.valueOf(URI.create(address).getHost());
        } catch (IllegalArgumentException unreadable) {
            return address;
        }
    }
}
