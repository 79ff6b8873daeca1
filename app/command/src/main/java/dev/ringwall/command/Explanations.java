package dev.ringwall.command;

import dev.ringwall.audit.Recorded;
import dev.ringwall.audit.Why;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.link.Operating;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the log says about one request.
final class Explanations {

    private static final int TRIES = 20;
    private static final int TRY_EVERY_MILLIS = 100;

    private Explanations() {}

    /// The events of the request, giving nodes a moment to hand over what they have just recorded.
    static Operating.Events await(OperatorClient control, String id) {
        if (!dev.ringwall.events.Ids.wellFormed(id)) {
            throw new Unusable(
                    id
                            + " is no request id (expected: 26 letters and digits, as in the Ringwall-Request header of an answer)");
        }
        Operating.Events found = ask(control, id);
        for (int tries = 1; tries < TRIES && found.events().isEmpty(); tries++) {
            try {
                Thread.sleep(TRY_EVERY_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = ask(control, id);
        }
        return found;
    }

    private static Operating.Events ask(OperatorClient control, String id) {
        return control.get(Operating.WHY + "?request=" + id, Operating.Events.class);
    }

    /// Prints them; returns the exit code.
    static int print(Screen screen, OutputOption output, String id, Operating.Events found) {
        if (found.events().isEmpty() && output.format() == Format.TEXT) {
            screen.say(
                    "nothing is recorded of "
                            + id
                            + ". Refusals and uses of data above `public` always are; allowed use of public"
                            + " data is only counted, unless the declaration says `audit: { record: everything }`.");
            return Exit.FINDINGS;
        }
        output.print(
                screen,
                found,
                () -> new Why(id, recorded(found)).text(_ -> Optional.empty()).lines().toList());
        return found.events().isEmpty() ? Exit.FINDINGS : Exit.FINE;
    }

    private static List<Recorded> recorded(Operating.Events found) {
        List<Recorded> recorded = new ArrayList<>();
        long index = 0;
        for (String json : found.events()) {
            if (EventJson.read(json.getBytes(StandardCharsets.UTF_8))
                    instanceof EventJson.Parsed.Event(SecurityEvent event)) {
                recorded.add(new Recorded(index++, event));
            }
        }
        return recorded;
    }
}
