package dev.ringwall.reading;

import dev.ringwall.model.OperationName;
import dev.ringwall.model.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes a first declaration: from nothing, from a `docker-compose.yml`, or from an OpenAPI document.
///
/// What it writes passes `check` without errors and opens nothing; comments say how to go on.
public final class Init {

    private static final String FRESH =
            """
            # yaml-language-server: $schema=https://ringwall.dev/schema/ringwall-1.json
            ringwall: 1
            system: SYSTEM

            data:                        # what could leak, and how it must be treated
              greeting: { class: public }
              note:     { class: internal, keep: 1y }

            roles:                       # everyone outside who may hold a token or a key
              member: { login: password, session: 8h }

            services:
              hello:
                url: http://127.0.0.1:8080   # or `run: java -jar hello.jar`, then Ringwall starts it
                stores: { files: [greeting, note] }
                operations:              # what has no `allow` is closed to the outside
                  greet: { http: GET /hello, allow: anyone, returns: [greeting], limit: 60/min per address }
                  write: { http: POST /notes, allow: member, accepts: [note], limit: 10/min per caller }
                calls: []                # the only operations of others that it may call

            # third-parties:             # nothing else outside is reachable
            #   mail:
            #     url: https://api.mail.example.com
            #     credential: { secret: mail-key, as: bearer }
            #     operations: { send: { http: POST /v1/mails, accepts: [note] } }
            """;

    private Init() {}

    /// What became of the attempt.
    public sealed interface Outcome {
        /// The text of a `ringwall.yaml`.
        record Written(String declaration) implements Outcome {}

        /// What it was to be made from could not be read.
        record Unreadable(List<Problem> problems) implements Outcome {
            public Unreadable {
                problems = List.copyOf(problems);
            }
        }
    }

    /// A small declaration with comments. The system's name is made from `folder`, whatever that is called.
    public static String fresh(String folder) {
        return FRESH.replace("SYSTEM", name(folder, "system"));
    }

    /// Services, ports and who needs whom, from a Compose file.
    public static Outcome fromCompose(String folder, String file, String text) {
        Problems problems = new Problems();
        Optional<Yaml> yaml = YamlParser.parse(file, text, problems);
        Optional<Outcome> written =
                yaml.flatMap(root -> ComposeFile.services(root, problems))
                        .map(services ->
                                new Outcome.Written(
                                        ComposeFile.declaration(name(folder, "system"), services)));
        return written.orElseGet(() -> new Outcome.Unreadable(problems.inReadingOrder()));
    }

    /// The operations of one service, from its OpenAPI document, all closed.
    ///
    /// @param file where the document will lie, by its path from the declaration's folder
    public static Outcome fromOpenApi(String folder, String file, String text) {
        Problems problems = new Problems();
        String plain = file.endsWith(".json") ? text.replace('\t', ' ') : text;
        Optional<Yaml> yaml = YamlParser.parse(file, plain, problems);
        Optional<Outcome> written =
                yaml.flatMap(root -> DescribedService.of(file, root, problems))
                        .map(service ->
                                new Outcome.Written(
                                        Passing.check(
                                                service.declaration(name(folder, "system")),
                                                Map.of(file, text))));
        return written.orElseGet(() -> new Outcome.Unreadable(problems.inReadingOrder()));
    }

    /// A name that the grammar allows, as near to the words as can be.
    static String name(String words, String otherwise) {
        String name =
                words.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[^a-z]+", "");
        name = name.substring(0, Math.min(name.length(), 60)).replaceAll("-+$", "");
        return OperationName.WORD.matcher(name).matches() ? name : otherwise;
    }

    /// The name, or the name with a number where it is taken already.
    static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /// Text that may stand in a comment: one line, and not too long.
    static String comment(String text) {
        String oneLine = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return oneLine.length() <= 100 ? oneLine : oneLine.substring(0, 100) + "…";
    }
}
