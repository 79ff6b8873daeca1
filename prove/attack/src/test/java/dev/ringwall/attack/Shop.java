package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import java.nio.file.Path;

/// The example shop, as it is declared.
final class Shop {

    private static final Path FILE = Path.of("../../examples/shop/ringwall.yaml");

    private Shop() {}

    static Blueprint blueprint() {
        return blueprint(FILE);
    }

    /// What that file declares.
    static Blueprint blueprint(Path file) {
        return switch (Reader.read(file)) {
            case Reading.Read(var declaration, _) ->
                    switch (Blueprint.of(declaration)) {
                        case Blueprint.Outcome.Sound(Blueprint blueprint, _) -> blueprint;
                        case Blueprint.Outcome.Contradictory(var problems) ->
                                throw new IllegalStateException(problems.toString());
                    };
            case Reading.Unreadable(var problems, _) ->
                    throw new IllegalStateException(problems.toString());
        };
    }
}
