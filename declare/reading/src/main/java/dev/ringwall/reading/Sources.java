package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Every file that was read on the way, once each.
final class Sources {

    /// Files that one declaration may be made of.
    static final int FILES_MAX = 200;

    private final Files files;
    private final Problems problems;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private int asked;

    Sources(Files files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    Map<String, String> texts() {
        return texts;
    }

    /// The file that stands as `written` in the file `from`; empty when there is none that is fit, which is then among the problems.
    Optional<FilePath> resolve(FilePath from, Yaml.Text written) {
        Optional<FilePath> path = FilePath.resolve(from, written.value());
        if (path.isEmpty()) {
            problems.unexpected(
                    "outside-folder",
                    written,
                    "a path below the declaration's folder, such as teams/orders.yaml",
                    "move the file beside the declaration and name it from here");
        }
        return path;
    }

    /// The text of the file. `named` is the place that asks for it.
    Optional<String> text(FilePath path, Line named) {
        String known = texts.get(path.text());
        if (known != null) {
            return Optional.of(known);
        }
        if (++asked > FILES_MAX) {
            problems.error(
                    "too-many-files",
                    named,
                    "more than " + FILES_MAX + " files (expected: fewer)",
                    "put some of them together");
            return Optional.empty();
        }
        return switch (files.fetch(path)) {
            case Files.Fetched.Bytes(ByteBuffer bytes) -> {
                Optional<String> text = SourceText.decode(path, bytes, problems);
                text.ifPresent(good -> texts.put(path.text(), good));
                yield text;
            }
            case Files.Fetched.Missing() ->
                    refused(
                            "no-such-file",
                            named,
                            path,
                            "is not there",
                            "write the file, or mend its name");
            case Files.Fetched.TooLarge() ->
                    refused(
                            "too-large",
                            named,
                            path,
                            "is longer than " + SourceText.FILE_BYTES_MAX + " bytes",
                            "spread it over several files with `include:`");
            case Files.Fetched.Unfit(String why) ->
                    refused(
                            "unreadable-file",
                            named,
                            path,
                            why,
                            "make it a file that can be read here");
        };
    }

    private Optional<String> refused(
            String rule, Line named, FilePath path, String why, String remedy) {
        problems.error(rule, named, Problems.quote(path.text()) + " " + why, remedy);
        return Optional.empty();
    }
}
