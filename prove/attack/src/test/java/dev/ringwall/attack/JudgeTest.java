package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import org.junit.jupiter.api.Test;

final class JudgeTest {

    private static final Expectation STOPPED = Expectation.stopped(Reason.NOT_ALLOWED);

    @Test
    void anAttackHoldsOnlyForTheReasonThatShouldStopIt() {
        assertThat(Judge.of(STOPPED, new Seen.Refused(Reason.NOT_ALLOWED)))
                .isEqualTo(new Verdict.Held("not-allowed (authorise)"));
        assertThat(Judge.of(STOPPED, new Seen.Refused(Reason.NOT_DECLARED)))
                .isEqualTo(new Verdict.StoppedElsewhere("not-declared (route)", "not-allowed"));
    }

    @Test
    void anyAnswerFromBehindMeansThatAnAttackGotThrough() {
        assertThat(Judge.of(STOPPED, new Seen.Answered(404, "404")))
                .isEqualTo(new Verdict.GotThrough("404"));
        assertThat(Judge.of(STOPPED, new Seen.Answered(500, "500")))
                .isInstanceOf(Verdict.GotThrough.class);
    }

    @Test
    void aClosedConnectionIsARefusalOnlyWhereOneIsExpected() {
        assertThat(Judge.of(Expectation.dropped(), new Seen.Dropped("TLS refused")).held())
                .isTrue();
        assertThat(Judge.of(STOPPED, new Seen.Dropped("connection refused")).held()).isFalse();
        assertThat(Judge.of(Expectation.dropped(), new Seen.Silence("no answer")).held()).isFalse();
    }

    @Test
    void anAllowedCallPassesWhenTheServiceAnswersWhateverItSaysAboutTheThing() {
        assertThat(Judge.of(Expectation.passes(), new Seen.Answered(200, "200")).held()).isTrue();
        assertThat(Judge.of(Expectation.passes(), new Seen.Answered(404, "404")).held()).isTrue();
        assertThat(Judge.of(Expectation.passes(), new Seen.Answered(409, "409")).held()).isTrue();
    }

    @Test
    void anAllowedCallThatIsRefusedByAnybodyDoesNotHold() {
        assertThat(Judge.of(Expectation.passes(), new Seen.Refused(Reason.NOT_ALLOWED)))
                .isEqualTo(new Verdict.WronglyRefused("not-allowed (authorise)"));
        assertThat(Judge.of(Expectation.passes(), new Seen.Answered(403, "403")).held()).isFalse();
        assertThat(Judge.of(Expectation.passes(), new Seen.Answered(502, "502")).held()).isFalse();
        assertThat(Judge.of(Expectation.passes(), new Seen.Dropped("closed")).held()).isFalse();
    }

    @Test
    void aConditionThatMayRightlySayNoShowsThatTheCallerWasLetIn() {
        assertThat(
                        Judge.of(
                                        Expectation.passes(Reason.ANSWER_WITHHELD),
                                        new Seen.Refused(Reason.ANSWER_WITHHELD))
                                .held())
                .isTrue();
    }
}
