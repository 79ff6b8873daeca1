package dev.ringwall.policy;

import dev.ringwall.model.Condition;

/// A condition, ready to be held against calls and answers. Any thread may use it.
interface Check {

    /// The condition as declared.
    Condition condition();

    /// What it says of the call before there is an answer.
    Verdict of(Call call);

    /// What it says of the call and the answer to it.
    Verdict of(Call call, ResponseView response);

    /// What a condition says.
    sealed interface Verdict {
        /// It is met, whatever else may come.
        record Met() implements Verdict {}

        /// It is not met, whatever else may come.
        record NotMet(String why) implements Verdict {}

        /// It cannot be told before there is an answer.
        record NeedsAnswer() implements Verdict {}
    }
}
