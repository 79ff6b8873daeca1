package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The published JSON Schema accepts and refuses the same files as the reader.
///
/// A case that is marked `beyond-schema` has a problem that no schema can see (two files, the calendar, a shell's grammar);
/// one that is marked `not-yaml` never gets as far as a schema.
class SchemaTest {

    private static final Path FILE = Path.of("../../docs/schema/ringwall-1.json");

    @ParameterizedTest
    @MethodSource("refused")
    void whatTheReaderRefusesTheSchemaRefuses(Golden.Case bad) throws IOException {
        assertThat(messages(bad.files().get("ringwall.yaml"))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void whatIsMarkedAsBeyondTheSchemaIsBeyondIt(Golden.Case bad) throws IOException {
        assertThat(messages(bad.files().get("ringwall.yaml"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatTheReaderAcceptsTheSchemaAccepts(Golden.Case good) throws IOException {
        for (String file : good.files().values()) {
            assertThat(messages(file)).isEmpty();
        }
    }

    @Test
    void theShopIsAcceptedByBoth() throws IOException {
        assertThat(messages(Shop.TEXT)).isEmpty();
    }

    @Test
    void theSchemaKnowsTheKeysThatTheReaderKnows() throws IOException {
        String schema = Files.readString(FILE);

        assertThat(
                        Stream.of(
                                        Includes.KEYS,
                                        DataReader.KEYS,
                                        RoleReader.KEYS,
                                        ClientReader.KEYS,
                                        ClientReader.LOGOUT_KEYS,
                                        ServiceReader.KEYS,
                                        OperationReader.KEYS,
                                        OperationReader.ADMINISTRATION_KEYS,
                                        ThirdPartyReader.KEYS,
                                        ThirdPartyReader.CREDENTIAL_KEYS,
                                        ThirdPartyReader.CONTRACT_KEYS,
                                        Statements.AUDIT_KEYS,
                                        Statements.RISK_KEYS,
                                        Statements.RECOVERY_KEYS,
                                        Statements.ALERT_KEYS)
                                .flatMap(List::stream)
                                .filter(key -> !schema.contains("\"" + key + "\": {")))
                .isEmpty();
    }

    static List<Golden.Case> refused() throws IOException {
        return Golden.cases("unreadable.txt").stream()
                .filter(one -> one.flags().isEmpty())
                .toList();
    }

    static List<Golden.Case> beyond() throws IOException {
        return Golden.cases("unreadable.txt").stream()
                .filter(one -> one.flags().contains("beyond-schema"))
                .toList();
    }

    static List<Golden.Case> accepted() throws IOException {
        return Stream.concat(
                        Golden.cases("contradictory.txt").stream(),
                        Golden.cases("good.txt").stream())
                .toList();
    }

    private static List<String> messages(String text) throws IOException {
        Problems problems = new Problems();
        Yaml yaml = YamlParser.parse("ringwall.yaml", text, problems).orElseThrow();
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(Files.readString(FILE), InputFormat.JSON);
        return schema.validate(Json.of(yaml).toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
