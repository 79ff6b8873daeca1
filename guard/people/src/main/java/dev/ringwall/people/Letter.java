package dev.ringwall.people;

/// A letter to one person, as plain text. It may carry a code, so it shows nothing of itself.
///
/// @param to an address of e-mail
public record Letter(String to, String subject, String text) {

    @Override
    public String toString() {
        return "Letter[" + subject + "]";
    }
}
