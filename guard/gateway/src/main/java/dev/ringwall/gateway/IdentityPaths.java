package dev.ringwall.gateway;

import java.util.List;

/// The paths at the door that belong to the identity provider.
final class IdentityPaths {

    private IdentityPaths() {}

    static boolean contains(List<String> segments) {
        if (segments.isEmpty()) {
            return false;
        }
        return switch (segments.getFirst()) {
            case "auth" -> segments.size() > 1;
            case ".well-known" ->
                    segments.size() > 1
                            && (segments.get(1).equals("openid-configuration")
                                    || segments.get(1).equals("oauth-authorization-server"));
            default -> false;
        };
    }
}
