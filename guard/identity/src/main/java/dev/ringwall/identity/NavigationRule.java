package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// A code for the pages of administrators comes only to a browser that goes there itself. A script of another page at the same door would
/// have the cookie of the login as well; what it fetches, or opens in a frame, says so (Fetch Metadata §2), and gets nothing. What says
/// nothing is no browser of today, and brings no cookie that it was not given.
final class NavigationRule {

    private NavigationRule() {}

    /// Whether that authorization request keeps to it.
    static boolean keeps(HttpServletRequest request) {
        return !AdministrationClient.ID.equals(request.getParameter("client_id"))
                || (says(request.getHeader("Sec-Fetch-Mode"), "navigate")
                        && says(request.getHeader("Sec-Fetch-Dest"), "document"));
    }

    private static boolean says(@Nullable String header, String wanted) {
        return header == null || header.equals(wanted);
    }
}
