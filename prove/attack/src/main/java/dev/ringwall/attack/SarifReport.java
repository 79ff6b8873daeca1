package dev.ringwall.attack;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Writes a report as SARIF 2.1.0. A rule is a kind of attack (`token-alg-none`), a result is one operation on which it did not end as
/// declared.
final class SarifReport {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SarifReport() {}

    static String render(Report report) {
        Map<String, Object> rules = new TreeMap<>();
        List<Object> results = new ArrayList<>();
        for (Result result : report.results()) {
            if (result.verdict().held()) {
                continue;
            }
            String rule = rule(result.name());
            rules.putIfAbsent(
                    rule,
                    Map.of(
                            "id",
                            rule,
                            "shortDescription",
                            Map.of("text", result.story()),
                            "helpUri",
                            "https://ringwall.dev/attacks#" + rule));
            results.add(result(result, rule));
        }
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "ringwall prove");
        driver.put("informationUri", "https://ringwall.dev");
        driver.put("rules", List.copyOf(rules.values()));
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("results", results);
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        top.put("version", "2.1.0");
        top.put("runs", List.of(run));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n";
    }

    private static Map<String, Object> result(Result result, String rule) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("ruleId", rule);
        one.put("level", level(result.verdict()));
        one.put(
                "message",
                Map.of(
                        "text",
                        result.name()
                                + ": "
                                + result.verdict().word()
                                + ": "
                                + result.verdict().seen()));
        one.put(
                "locations",
                List.of(
                        Map.of(
                                "physicalLocation",
                                Map.of(
                                        "artifactLocation",
                                        Map.of("uri", result.line().file()),
                                        "region",
                                        Map.of(
                                                "startLine",
                                                result.line().number(),
                                                "startColumn",
                                                result.line().column())))));
        one.put("partialFingerprints", Map.of("ringwallAttack/v1", fingerprint(result.name())));
        if (result.verdict() instanceof Verdict.Accepted(_, String by)) {
            one.put(
                    "suppressions",
                    List.of(Map.of("kind", "inSource", "justification", "accepted by " + by)));
        }
        return one;
    }

    private static String level(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Held _ -> "none";
            case Verdict.GotThrough _, Verdict.WronglyRefused _ -> "error";
            case Verdict.StoppedElsewhere _, Verdict.NotPlayed _ -> "warning";
            case Verdict.Accepted _ -> "note";
        };
    }

    private static String rule(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static String fingerprint(String name) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(name.getBytes(StandardCharsets.UTF_8)))
                    .toString();
        } catch (NoSuchAlgorithmException noSha256) {
            throw new IllegalStateException(noSha256);
        }
    }
}
