package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Says to people why they did not come in by an outside provider, as far as they can do something about it.
final class SsoRefusals {

    private SsoRefusals() {}

    static void show(HttpServletResponse response, String provider, String why) throws IOException {
        Pages.error(
                response,
                why.equals("provider-unreachable")
                        ? HttpServletResponse.SC_BAD_GATEWAY
                        : HttpServletResponse.SC_FORBIDDEN,
                "You are not signed in",
                text(provider, why));
    }

    private static String text(String provider, String why) {
        return switch (why) {
            case "not-begun-here" ->
                    "This sign-in was not begun in this browser, or took too long. Please go back to where you came from and begin again.";
            case "provider-unreachable" ->
                    provider + " does not answer at this moment. Please try again shortly.";
            case "answer-of-another" ->
                    "The answer did not come from " + provider + ". Please begin again.";
            case "access-denied-there", "refused-there" -> provider + " did not let you in.";
            case "not-linked" ->
                    "Nobody here is linked to your account at "
                            + provider
                            + ". If you have an account here, sign in to it and link it on the page of your account; else ask whoever runs the system.";
            case "no-role" ->
                    "What "
                            + provider
                            + " says of you allows nothing here. Please ask whoever runs the system.";
            case "no-second-factor" ->
                    "A second factor is needed, and "
                            + provider
                            + " does not say that you showed one.";
            case "not-proved-again" ->
                    provider + " did not ask you to sign in again, which is needed here.";
            case "linked-to-another" ->
                    "Your account at " + provider + " is linked to another account here.";
            case "not-recent" ->
                    "To link your account please sign in to it again with your password first.";
            case "disabled" -> "This account may not sign in. Please ask whoever runs the system.";
            default ->
                    "The answer of "
                            + provider
                            + " does not count. Please begin again; if it stays so, tell whoever runs the system.";
        };
    }
}
