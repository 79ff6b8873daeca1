package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

    /// Keeps the digits, as a declaration's numbers do.
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":[1,-2,0.5,1E+40,true,false,null,\"\"],\"b\":{\"c\":{}}}",
                "{\"\":\"\\\"\\\\/\\n\\u0000\\u001f ü€😀\"}",
                "123456789012345678901234567890",
                "9007199254740993",
                "\"^[a-z]+\\\\$\"",
                "null"
            })
    void theTextOfATreeIsWhatJacksonsMapperWrites(String json) {
        JsonNode tree = MAPPER.readTree(json);

        assertThat(Json.text(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
        assertThat(MAPPER.readTree(Json.text(tree))).isEqualTo(tree);
    }

    @Test
    void aNumberKeepsTheDigitsThatWereWritten() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("all", Json.of(new Yaml.Text("0.10", Yaml.Kind.NUMBER, Line.BUILT_IN)));
        assertThat(Json.text(tree)).isEqualTo("{\"all\":0.10}").isEqualTo(tree.toString());
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> Json.text(MissingNode.getInstance()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a MISSING in JSON");
    }
}
