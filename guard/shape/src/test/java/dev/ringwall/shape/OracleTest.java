package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Random schemas and random values: another validator comes to the same verdict.
class OracleTest {

    private static final int SCHEMAS = 3_000;
    private static final int VALUES = 25;

    private static final SchemaRegistry OTHER =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    @Test
    void anotherValidatorComesToTheSameVerdict() {
        int[] fitting = new int[2];
        Seeds.each(
                SCHEMAS,
                random -> {
                    String schema = new RandomSchemas(random).whole();
                    BodyCheck ours = BodyCheck.of(schema);
                    var theirs = OTHER.getSchema(schema, InputFormat.JSON);
                    for (int i = 0; i < VALUES; i++) {
                        String value = new RandomValues(random).value(3);
                        boolean other = theirs.validate(value, InputFormat.JSON).isEmpty();
                        Verdict verdict = ours.check(value.getBytes(StandardCharsets.UTF_8));
                        assertThat(verdict instanceof Verdict.Fits)
                                .as("%s against %s: %s", value, schema, verdict)
                                .isEqualTo(other);
                        fitting[other ? 1 : 0]++;
                    }
                });
        assertThat(fitting[0]).as("both verdicts are often given").isGreaterThan(VALUES);
        assertThat(fitting[1]).isGreaterThan(VALUES);
    }

    static String oneOf(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
