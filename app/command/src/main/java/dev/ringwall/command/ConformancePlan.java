package dev.ringwall.command;

import dev.ringwall.model.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plans of the OpenID Foundation's conformance suite that there is a provider for.
enum ConformancePlan {
    BASIC("basic", "oidcc-basic-certification-test-plan", Client.Profile.CONFORMANCE),
    CONFIG("config", "oidcc-config-certification-test-plan", Client.Profile.CONFORMANCE),
    FAPI_2("fapi-2.0", "fapi2-security-profile-final-test-plan", Client.Profile.FAPI_2);

    private final String word;
    private final String suiteName;
    private final Client.Profile profile;

    ConformancePlan(String word, String suiteName, Client.Profile profile) {
        this.word = word;
        this.suiteName = suiteName;
        this.profile = profile;
    }

    /// The one with that word.
    static ConformancePlan of(String word) {
        for (ConformancePlan plan : values()) {
            if (plan.word.equals(word)) {
                return plan;
            }
        }
        throw new Unusable(
                "`" + word + "` is no plan (expected: " + String.join(", ", words()) + ")");
    }

    private static List<String> words() {
        return List.of(BASIC.word, CONFIG.word, FAPI_2.word);
    }

    /// The word on the command line.
    String word() {
        return word;
    }

    /// What the suite calls it.
    String suiteName() {
        return suiteName;
    }

    /// What both clients are held to.
    Client.Profile profile() {
        return profile;
    }

    /// What the declaration says of both clients besides. OpenID Connect Core §15.1 asks for RS256, and FAPI 2.0 forbids it.
    String declares() {
        return ", claims: [profile, email, address, phone]"
                + (signs() ? ", profile: fapi-2.0" : ", signed-with: RS256");
    }

    /// What is chosen in the suite, besides the plan.
    Map<String, String> variant() {
        Map<String, String> variant = new LinkedHashMap<>();
        switch (this) {
            case BASIC -> {
                variant.put("server_metadata", "discovery");
                variant.put("client_registration", "static_client");
            }
            case CONFIG -> {}
            case FAPI_2 -> {
                variant.put("fapi_profile", "plain_fapi");
                variant.put("client_auth_type", "private_key_jwt");
                variant.put("sender_constrain", "dpop");
                variant.put("openid", "openid_connect");
            }
        }
        return variant;
    }

    /// Whether the clients sign, rather than show a secret.
    boolean signs() {
        return profile == Client.Profile.FAPI_2;
    }
}
