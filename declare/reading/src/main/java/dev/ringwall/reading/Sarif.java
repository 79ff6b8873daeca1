package dev.ringwall.reading;

import dev.ringwall.model.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// SARIF 2.1.0 (OASIS). A finding keeps its fingerprint when lines above it come or go: it is made of the rule, the file and the text of
/// the line (§3.27.17).
final class Sarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static final String HELP = "https://ringwall.dev/findings#";

    private static final String FINGERPRINT = "ringwallLine/v1";

    private Sarif() {}

    static ObjectNode log(List<Problem> problems, Map<String, String> sources, String toolVersion) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "ringwall")
                .put("semanticVersion", toolVersion)
                .put("informationUri", "https://ringwall.dev");
        ArrayNode rules = driver.putArray("rules");
        new TreeSet<>(problems.stream().map(Problem::rule).toList())
                .forEach(rule -> rules.addObject().put("id", rule).put("helpUri", HELP + rule));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        Map<String, Integer> seen = new HashMap<>();
        for (Problem problem : problems) {
            result(problem, fingerprint(problem, sources, seen), results.addObject());
        }
        return root;
    }

    private static void result(Problem problem, String fingerprint, ObjectNode result) {
        result.put("ruleId", problem.rule()).put("level", Reports.word(problem.severity()));
        result.putObject("message")
                .put("text", problem.message() + ". Remedy: " + problem.remedy());
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", problem.line().file());
        place.putObject("region")
                .put("startLine", problem.line().number())
                .put("startColumn", problem.line().column());
        result.putObject("partialFingerprints").put(FINGERPRINT, fingerprint);
    }

    private static String fingerprint(
            Problem problem, Map<String, String> sources, Map<String, Integer> seen) {
        String line = Reports.sourceLine(problem, sources).strip().replaceAll("\\s+", " ");
        String what = problem.rule() + "\n" + problem.line().file() + "\n" + line;
        int count = seen.merge(what, 1, Integer::sum);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = digest.digest((what + "\n" + count).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
