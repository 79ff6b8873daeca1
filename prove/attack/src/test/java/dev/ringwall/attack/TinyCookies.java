package dev.ringwall.attack;

/// The cookie of the tiny provider.
final class TinyCookies {

    private TinyCookies() {}

    static String cookie(String session) {
        return "__Host-s=" + session + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    }

    static String session(TinyHttp.Request request) {
        String cookie = request.header("cookie").orElse("");
        return cookie.startsWith("__Host-s=") ? cookie.substring("__Host-s=".length()) : "";
    }
}
