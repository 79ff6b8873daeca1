package dev.ringwall.model;

import java.util.Set;
import java.util.TreeSet;

/// What a client may know of people beyond who they are, each by the scope that asks for it (OpenID Connect Core §5.4).
public enum PersonalScope {
    /// Their names, and how they are called.
    PROFILE("profile"),
    /// Their address of e-mail.
    EMAIL("email"),
    /// Their postal address.
    ADDRESS("address"),
    /// Their telephone number.
    PHONE("phone");

    private final String word;

    PersonalScope(String word) {
        this.word = word;
    }

    /// The word in the declaration, which is the scope.
    public String word() {
        return word;
    }

    /// These scopes by their words.
    public static Set<String> words(Set<PersonalScope> scopes) {
        Set<String> words = new TreeSet<>();
        scopes.forEach(scope -> words.add(scope.word));
        return words;
    }
}
