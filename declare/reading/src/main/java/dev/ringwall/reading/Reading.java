package dev.ringwall.reading;

import dev.ringwall.model.Declaration;
import dev.ringwall.model.Problem;
import java.util.List;
import java.util.Map;

/// What became of a `ringwall.yaml`: a declaration, or every problem that kept it from being one.
public sealed interface Reading {

    /// The texts that were read, by their path from the folder of the declaration; also those that have a problem.
    Map<String, String> sources();

    /// Every word has the right form. Whether the words agree with each other is the question of
    /// [dev.ringwall.model.Blueprint#of].
    ///
    /// @param sources the declaration, what it includes and the documents that it names: reading them again gives the same declaration
    record Read(Declaration declaration, Map<String, String> sources) implements Reading {
        public Read {
            sources = Map.copyOf(sources);
        }
    }

    /// It could not be read. There is at least one problem, and they are in reading order.
    record Unreadable(List<Problem> problems, Map<String, String> sources) implements Reading {
        public Unreadable {
            problems = List.copyOf(problems);
            sources = Map.copyOf(sources);
        }
    }
}
