package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/// Builds the tree of one file from the parser's events, with every limit checked before anything grows.
///
/// Anchors, aliases and tags are refused: a fact that stands in one place and counts in another could not be named by its line,
/// and small files could grow without bound.
final class YamlParser {

    /// Maps and lists inside each other.
    static final int DEPTH_MAX = 64;

    /// Maps, lists and texts in one file.
    static final int NODES_MAX = 100_000;

    private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

    private final String file;
    private final Problems problems;
    private final Deque<YamlBuilder> open = new ArrayDeque<>();
    private @Nullable Yaml root;
    private int documents;
    private int nodes;

    private YamlParser(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// The document in the text; empty when there is none, which is then among the problems.
    static Optional<Yaml> parse(String file, String text, Problems problems) {
        return new YamlParser(file, problems).tree(text);
    }

    private Optional<Yaml> tree(String text) {
        // With a smaller buffer the library copies a long value once for each part that it reads of
        // it.
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setCodePointLimit(text.length() + 1)
                        .setBufferSize(text.length() + 1)
                        .build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (!take(event)) {
                    return Optional.empty();
                }
            }
        } catch (MarkedYamlEngineException broken) {
            NotYaml.report(file, text, broken, problems);
            return Optional.empty();
        } catch (YamlEngineException broken) {
            problems.error(
                    "not-yaml",
                    new Line(file, 1, 1),
                    "this is not YAML: " + broken.getMessage(),
                    "write YAML 1.2");
            return Optional.empty();
        }
        if (root == null) {
            problems.error(
                    "empty",
                    new Line(file, 1, 1),
                    "the file is empty (expected: a YAML document)",
                    "`ringwall init` writes a first declaration");
        }
        return Optional.ofNullable(root);
    }

    /// Whether to go on.
    private boolean take(Event event) {
        return switch (event) {
            case DocumentStartEvent start -> document(start);
            case AliasEvent alias ->
                    stop(alias, "alias", "an alias", "write the value out where it belongs");
            case NodeEvent node when node.getAnchor().isPresent() ->
                    stop(node, "alias", "an anchor", "write the value out where it belongs");
            case ScalarEvent scalar -> tagless(scalar, scalar.getTag()) && scalar(scalar);
            case CollectionStartEvent start -> tagless(start, start.getTag()) && open(start);
            case CollectionEndEvent _ -> close();
            default -> true;
        };
    }

    private boolean document(DocumentStartEvent start) {
        documents++;
        return documents == 1
                || stop(
                        start,
                        "several-documents",
                        "a second document",
                        "keep one document in a file; `include:` puts files together");
    }

    private boolean tagless(Event event, Optional<String> tag) {
        return tag.isEmpty()
                || stop(
                        event,
                        "tag",
                        "the tag " + Problems.quote(tag.get()),
                        "take the tag out; values need none");
    }

    private boolean open(CollectionStartEvent start) {
        if (open.size() == DEPTH_MAX) {
            return stop(
                    start,
                    "too-deep",
                    "more than " + DEPTH_MAX + " levels inside each other",
                    "write it flatter");
        }
        boolean mapping = start.getEventId() == Event.ID.MappingStart;
        open.push(new YamlBuilder(mapping, line(start), problems));
        return true;
    }

    private boolean close() {
        return put(open.pop().build());
    }

    private boolean scalar(ScalarEvent event) {
        Yaml.Kind kind =
                event.getScalarStyle() == ScalarStyle.PLAIN
                        ? kind(RESOLVER.resolve(event.getValue(), true))
                        : Yaml.Kind.STRING;
        return put(new Yaml.Text(event.getValue(), kind, line(event)));
    }

    private boolean put(Yaml value) {
        if (++nodes > NODES_MAX) {
            problems.error(
                    "too-large",
                    value.line(),
                    "there are more than " + NODES_MAX + " values in the file",
                    "spread it over several files with `include:`");
            return false;
        }
        YamlBuilder parent = open.peek();
        if (parent == null) {
            root = value;
        } else {
            parent.put(value);
        }
        return true;
    }

    private static Yaml.Kind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Yaml.Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Yaml.Kind.NUMBER;
        }
        if (tag.equals(Tag.BOOL)) {
            return Yaml.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Yaml.Kind.NOTHING : Yaml.Kind.STRING;
    }

    private boolean stop(Event event, String rule, String read, String remedy) {
        problems.error(rule, line(event), read + " (expected: plain YAML without it)", remedy);
        return false;
    }

    private Line line(Event event) {
        return line(file, event.getStartMark());
    }

    static Line line(String file, Optional<Mark> mark) {
        return mark.map(at -> new Line(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> new Line(file, 1, 1));
    }
}
