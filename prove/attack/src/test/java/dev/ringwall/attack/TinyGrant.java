package dev.ringwall.attack;

import java.util.Map;

/// What somebody was given who signed in at the tiny provider.
record TinyGrant(String user, Map<String, String> question, String family) {

    TinyGrant {
        question = Map.copyOf(question);
    }

    /// The client that it was given to.
    String client() {
        return question.getOrDefault("client_id", TinyProvider.CLIENT);
    }
}
