package dev.ringwall.gateway;

import dev.ringwall.model.Ring;
import java.util.Optional;
import java.util.function.Consumer;

/// One ring's look at a request.
interface Gate {

    /// Which ring it belongs to.
    Ring ring();

    /// Looks at the call, and says once whether it is stopped; on another thread if need be.
    void look(Transit call, Consumer<Optional<Refusal>> then);

    /// A gate that knows at once.
    interface Prompt extends Gate {
        Optional<Refusal> look(Transit call);

        @Override
        default void look(Transit call, Consumer<Optional<Refusal>> then) {
            then.accept(look(call));
        }
    }
}
