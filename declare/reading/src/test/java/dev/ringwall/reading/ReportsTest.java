package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {

    private static final Map<String, String> FILES =
            Map.of(
                    "ringwall.yaml",
                    "ringwall: 1\nsystem: shop\nroles:\n  shopper: { login: pasword }\n");

    @Test
    void textLooksLikeThatOfACompiler() {
        assertThat(Reports.text(problems(FILES), FILES))
                .isEqualTo(
                        """
                        ringwall.yaml:4:21 error[unknown-word] `pasword` (expected: password, api-key, client or sso)
                          4 |   shopper: { login: pasword }
                            |                     ^^^^^^^
                          remedy: did you mean `password`?

                        """);
    }

    @Test
    void longLinesAreCutAroundThePlace() {
        Map<String, String> files =
                Map.of(
                        "ringwall.yaml",
                        "ringwall: 1\nsystem: shop\nstandards: ["
                                + "gdpr, ".repeat(100)
                                + "iso]\n");

        assertThat(Reports.text(problems(files), files).lines())
                .allMatch(line -> line.length() < Reports.SOURCE_CHARS_MAX + 60);
    }

    @Test
    void jsonCountsAndLists() {
        JsonNode json = JsonMapper.shared().readTree(Reports.json(problems(FILES)));

        assertThat(json.get("errors").intValue()).isEqualTo(1);
        assertThat(json.get("warnings").intValue()).isZero();
        assertThat(json.get("problems").get(0).get("line").intValue()).isEqualTo(4);
        assertThat(json.get("problems").get(0).get("rule").asString()).isEqualTo("unknown-word");
    }

    @Test
    void aFingerprintStaysWhenTheLineMoves() {
        Map<String, String> moved =
                Map.of(
                        "ringwall.yaml",
                        FILES.get("ringwall.yaml").replace("roles:", "# more\n\nroles:"));
        Map<String, String> changed =
                Map.of("ringwall.yaml", FILES.get("ringwall.yaml").replace("shopper", "clerk"));

        assertThat(fingerprint(moved))
                .isEqualTo(fingerprint(FILES))
                .isNotEqualTo(fingerprint(changed));
    }

    @Test
    void sarifNamesRulePlaceAndLevel() {
        JsonNode run =
                JsonMapper.shared()
                        .readTree(Reports.sarif(problems(FILES), FILES, "0.1.0"))
                        .get("runs")
                        .get(0);
        JsonNode result = run.get("results").get(0);

        assertThat(run.get("tool").get("driver").get("rules").get(0).get("id").asString())
                .isEqualTo("unknown-word");
        assertThat(result.get("level").asString()).isEqualTo("error");
        assertThat(result.get("locations").get(0).get("physicalLocation").get("region").toString())
                .isEqualTo("{\"startLine\":4,\"startColumn\":21}");
    }

    private static String fingerprint(Map<String, String> files) {
        return JsonMapper.shared()
                .readTree(Reports.sarif(problems(files), files, "0.1.0"))
                .get("runs")
                .get(0)
                .get("results")
                .get(0)
                .get("partialFingerprints")
                .toString();
    }

    private static List<Problem> problems(Map<String, String> files) {
        return switch (Reader.read(files, "ringwall.yaml")) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) -> problems;
        };
    }
}
