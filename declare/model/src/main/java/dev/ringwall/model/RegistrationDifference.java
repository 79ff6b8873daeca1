package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;

/// Who may make an account that could not before, and the other way round.
final class RegistrationDifference {

    private static final String WHAT = "registration";

    private RegistrationDifference() {}

    static void find(Declaration before, Declaration after, List<Change> changes) {
        Registration old = before.registration();
        Registration young = after.registration();
        int wider = young.mode().compareTo(old.mode());
        if (wider != 0) {
            changes.add(
                    new Change(
                            wider > 0 ? Direction.LOOSER : Direction.TIGHTER,
                            WHAT,
                            "accounts are made by "
                                    + said(young.mode())
                                    + " instead of "
                                    + said(old.mode()),
                            young.line()));
        } else if (!young.role().equals(old.role())) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            WHAT,
                            "who registers gets " + young.role().orElse("nothing"),
                            young.line()));
        }
    }

    private static String said(Registration.Mode mode) {
        return switch (mode) {
            case CLOSED -> "the operator";
            case INVITE -> "who is invited";
            case OPEN -> "anyone with an address of e-mail";
        };
    }
}
