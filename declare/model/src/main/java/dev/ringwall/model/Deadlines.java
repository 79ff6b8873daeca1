package dev.ringwall.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// What is over on a given day: risks that were accepted until then, and contracts that should have been looked at again.
///
/// A declaration means the same on every day, so these are not part of [Blueprint#of]; whoever knows the date asks here.
public final class Deadlines {

    /// So many days before an end it becomes worth knowing.
    public static final int DAYS_AHEAD = 30;

    private Deadlines() {}

    /// The problems of that day, in reading order. An ended acceptance is an error: nobody takes the risk any longer.
    public static List<Problem> on(Declaration declaration, LocalDate today) {
        List<Problem> problems = new ArrayList<>();
        for (AcceptedRisk risk : declaration.acceptedRisks()) {
            if (risk.until().isBefore(today)) {
                problems.add(
                        Problem.error(
                                "accepted-risk-ended",
                                risk.line(),
                                "`"
                                        + risk.risk()
                                        + "` was accepted by "
                                        + risk.by()
                                        + " until "
                                        + risk.until(),
                                "mend it, or decide again and write a new date"));
            } else if (soon(risk.until(), today)) {
                problems.add(
                        new Problem(
                                "accepted-risk-ends",
                                Problem.Severity.NOTE,
                                risk.line(),
                                "`" + risk.risk() + "` is accepted until " + risk.until() + " only",
                                "mend it, or decide again in time"));
            }
        }
        for (ThirdParty party : declaration.thirdParties().values()) {
            party.contract()
                    .ifPresent(contract ->
                            contract.review()
                                    .ifPresent(review -> {
                                        if (review.isBefore(today)) {
                                            problems.add(
                                                    Problem.warning(
                                                            "contract-review-due",
                                                            contract.line(),
                                                            "the contract with `"
                                                                    + party.name()
                                                                    + "` was to be reviewed by "
                                                                    + review,
                                                            "review it, and write the next date"));
                                        }
                                    }));
        }
        problems.sort(Problem.BY_PLACE);
        return problems;
    }

    private static boolean soon(LocalDate end, LocalDate today) {
        return end.isBefore(today.plusDays(DAYS_AHEAD));
    }
}
