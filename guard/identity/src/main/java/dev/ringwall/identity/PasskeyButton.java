package dev.ringwall.identity;

import dev.ringwall.people.OwnPasskeys;
import dev.ringwall.people.RelyingParty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The button that asks a browser for a passkey, and the one script that the pages have. The script is a file of ours, and the page's policy
/// lets it run by a word that is new in each answer, so nothing else that stands in a page runs.
final class PasskeyButton {

    /// The field of the form that the browser's answer comes in.
    static final String FIELD = "credential";

    /// How long the browser waits for the person.
    private static final int TIMEOUT_MILLIS = 5 * 60 * 1000;

    private static final String REQUIRED = "required";
    private static final String TYPE = "public-key";

    private final Supplier<String> system;
    private final RelyingParty site;
    private final Pages part = Pages.part("passkey-button");

    PasskeyButton(Supplier<String> system, RelyingParty site) {
        this.system = system;
        this.site = site;
    }

    /// Whether browsers make passkeys for this door.
    boolean there() {
        return site.there();
    }

    /// For a login: any passkey of this site will do, and none is named, so nothing tells who has which (WebAuthn Level 3 §14.6.2).
    ///
    /// @param offered whether the browser may offer it while a name is typed (§5.8 `mediation: conditional`)
    String login(String challenge, boolean offered, String nonce) {
        return shown(challenge, offered, "Sign in with a passkey", nonce);
    }

    /// After a password.
    String second(String challenge, String nonce) {
        return shown(challenge, false, "Use a passkey", nonce);
    }

    private String shown(String challenge, boolean offered, String word, String nonce) {
        return button(
                Map.of(
                        "challenge",
                        challenge,
                        "rpId",
                        site.id(),
                        "timeout",
                        TIMEOUT_MILLIS,
                        "userVerification",
                        REQUIRED,
                        "allowCredentials",
                        List.of()),
                Map.of(
                        "use",
                        "get",
                        "offered",
                        offered ? "yes" : "no",
                        "class",
                        "second",
                        "word",
                        word,
                        "nonce",
                        nonce));
    }

    /// For a new passkey (WebAuthn Level 3 §5.4): one that finds itself, is unlocked by its owner, and is asked for no word of its maker.
    String add(OwnPasskeys.Offer offer, String name, String nonce) {
        return button(
                Map.of(
                        "rp",
                        Map.of("id", site.id(), "name", system.get()),
                        "user",
                        Map.of("id", offer.user(), "name", name, "displayName", name),
                        "challenge",
                        offer.challenge(),
                        "pubKeyCredParams",
                        offer.algorithms().stream()
                                .map(number -> Map.of("type", TYPE, "alg", number))
                                .toList(),
                        "timeout",
                        TIMEOUT_MILLIS,
                        "excludeCredentials",
                        offer.others().stream().map(id -> Map.of("type", TYPE, "id", id)).toList(),
                        "authenticatorSelection",
                        Map.of(
                                "residentKey",
                                REQUIRED,
                                "requireResidentKey",
                                true,
                                "userVerification",
                                REQUIRED),
                        "attestation",
                        "none"),
                Map.of(
                        "use",
                        "create",
                        "offered",
                        "no",
                        "class",
                        "",
                        "word",
                        "Add the passkey",
                        "nonce",
                        nonce));
    }

    private String button(Map<String, ?> options, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("options", Json.text(options));
        return part.with(all);
    }
}
