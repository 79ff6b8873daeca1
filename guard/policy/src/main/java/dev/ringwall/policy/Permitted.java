package dev.ringwall.policy;

import dev.ringwall.model.Line;
import java.util.List;
import java.util.Optional;

/// Something that the policy allowed. Only this room can make one, so holding it proves that the question was asked.
///
/// Where a condition looks at the answer, the answer is still owed to [Policy#release].
public final class Permitted<T> {

    private final T value;
    private final List<Line> because;
    private final Optional<Check> owed;

    Permitted(T value, List<Line> because, Optional<Check> owed) {
        this.value = value;
        this.because = because;
        this.owed = owed;
    }

    /// What was allowed.
    public T value() {
        return value;
    }

    /// The lines that allowed it.
    public List<Line> because() {
        return because;
    }

    /// Whether the answer must be held back and shown to [Policy#release] before anyone sees any of it.
    public boolean holdsAnswer() {
        return owed.isPresent();
    }

    Optional<Check> owed() {
        return owed;
    }

    @Override
    public String toString() {
        return "Permitted[" + value + ", because " + because + "]";
    }
}
