package dev.ringwall.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/// An authenticator that Chromium plays itself: the browser's own code makes and checks everything but the touch of a finger.
final class VirtualAuthenticator {

    private static final String ID = "authenticatorId";

    private final CDPSession session;
    private final String id;

    private VirtualAuthenticator(CDPSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /// In that visitor's browser; its owner is there and has unlocked it.
    static VirtualAuthenticator of(Visitor visitor) {
        CDPSession session = visitor.context().newCDPSession(visitor.page());
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject wanted = new JsonObject();
        wanted.add("options", options);
        return new VirtualAuthenticator(
                session,
                session.send("WebAuthn.addVirtualAuthenticator", wanted).get(ID).getAsString());
    }

    private JsonObject named() {
        JsonObject named = new JsonObject();
        named.addProperty(ID, id);
        return named;
    }

    /// Its keys.
    JsonArray credentials() {
        return session.send("WebAuthn.getCredentials", named()).getAsJsonArray("credentials");
    }

    /// Whether its owner unlocks it when asked.
    void unlocks(boolean does) {
        JsonObject wanted = named();
        wanted.addProperty("isUserVerified", does);
        session.send("WebAuthn.setUserVerified", wanted);
    }

    /// Whether its owner is there, so that whatever asks is answered at once: also what the browser only offers while a name is typed.
    void attended(boolean is) {
        JsonObject wanted = named();
        wanted.addProperty("enabled", is);
        session.send("WebAuthn.setAutomaticPresenceSimulation", wanted);
    }

    /// Takes a key out of another one, as it is there, but for how often it says that it was used.
    void copies(JsonObject credential, int counter) {
        session.send("WebAuthn.clearCredentials", named());
        JsonObject copy = credential.deepCopy();
        copy.addProperty("signCount", counter);
        JsonObject wanted = named();
        wanted.add("credential", copy);
        session.send("WebAuthn.addCredential", wanted);
    }
}
