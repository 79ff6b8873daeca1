package dev.ringwall.control;

import dev.ringwall.link.Json;
import java.util.Map;
import java.util.Optional;

/// One question to the control plane.
///
/// @param peer     the path of the SPIFFE id that the peer's certificate proves (`gateway`, `orders`, `operator`); empty without a
///                 certificate
/// @param instance what that certificate says besides, to tell its holder apart from others of its name
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Exchange(
        Map<String, String> query,
        byte[] body,
        Optional<String> peer,
        Optional<String> instance,
        String address) {

    /// What the control plane answers.
    sealed interface Answer {
        /// It is done; the record is sent as JSON.
        record Done(Object value) implements Answer {}

        /// It is not done. The detail is for the operator's eyes and names the remedy.
        record Refused(int status, String reason, String detail) implements Answer {}
    }

    /// Answers one kind of question.
    @FunctionalInterface
    interface Handler {
        Answer answer(Exchange exchange) throws Exception;
    }

    /// An answer without content.
    record Nothing() {}

    static Answer done() {
        return new Answer.Done(new Nothing());
    }

    static Answer done(Object value) {
        return new Answer.Done(value);
    }

    static Answer unusable(String detail) {
        return new Answer.Refused(400, "unusable", detail);
    }

    static Answer forbidden(String detail) {
        return new Answer.Refused(403, "not-allowed", detail);
    }

    static Answer missing(String detail) {
        return new Answer.Refused(404, "not-found", detail);
    }

    /// The body as a record; what is none is refused by the one who asked for it.
    <T> Json.Parsed<T> body(Class<T> type) {
        return Json.read(body, type);
    }

    /// A whole number from the query, or the value that stands for its absence.
    long number(String name, long absent) {
        String text = query.get(name);
        if (text == null) {
            return absent;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOne) {
            return absent;
        }
    }
}
