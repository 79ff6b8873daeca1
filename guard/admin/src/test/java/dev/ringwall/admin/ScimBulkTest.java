package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.people.Account;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Several operations in one request (RFC 7644 §3.7): each is worth what it would be alone.
class ScimBulkTest {

    private static final String MAKES_ANA = post("ana", "{\"userName\":\"ana\"}");

    @TempDir Path folder;
    private Office office;
    private Administrator directory;

    @BeforeEach
    void open() {
        office = new Office(folder);
        directory = office.client("directory");
    }

    @AfterEach
    void close() {
        office.close();
    }

    private static String post(String bulkId, String data) {
        return "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"%s\",\"data\":%s}"
                .formatted(bulkId, data);
    }

    private static String joins(String group, String member) {
        return """
        {"method":"PATCH","path":"/Groups/%s","data":{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations":[{"op":"add","path":"members","value":[{"value":"%s"}]}]}}
        """
                .formatted(group, member);
    }

    private static String bulk(String more, String... operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],"
                + more
                + "\"Operations\":["
                + String.join(",", operations)
                + "]}";
    }

    private JsonNode done(Administrator by, String body) {
        Office.Reply reply = office.ask(by, "scim-bulk", "", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("Operations");
    }

    private static String reason(JsonNode result) {
        return result.path("response").path("reason").asString("");
    }

    @Test
    void operationsAreDoneInTheirOrderAndSayWhatBecameOfThem() {
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "",
                                MAKES_ANA,
                                """
                                {"method":"PATCH","path":"/Users/bulkId:ana","data":{"Operations":[{"op":"replace","path":"title","value":"Clerk"}]}}
                                """,
                                joins("clerk", "bulkId:ana"),
                                post("again", "{\"userName\":\"ana\"}")));
        String id = office.directory.register().byName("ana").orElseThrow().account().id();

        assertThat(results.get(0).path("status").asString()).isEqualTo("201");
        assertThat(results.get(0).path("bulkId").asString()).isEqualTo("ana");
        assertThat(results.get(0).path("location").asString())
                .isEqualTo("https://office.example.com/scim/v2/Users/" + id);
        assertThat(results.get(0).path("version").asString()).startsWith("W/");
        assertThat(results.get(1).path("status").asString()).isEqualTo("200");
        assertThat(results.get(1).path("location").asString()).endsWith("/Users/" + id);
        assertThat(results.get(2).path("status").asString()).isEqualTo("204");
        assertThat(results.get(3).path("status").asString()).isEqualTo("409");
        assertThat(results.get(3).path("response").path("scimType").asString())
                .isEqualTo("uniqueness");
        assertThat(office.rolesOf(id)).containsExactly("clerk");
    }

    @Test
    void whatIsNamedMayBeMadeLaterAndACircleIsRefused() {
        JsonNode later = done(directory, bulk("", joins("clerk", "bulkId:ana"), MAKES_ANA));
        JsonNode circle =
                done(
                        directory,
                        bulk(
                                "",
                                post("a", "{\"userName\":\"a\",\"title\":\"bulkId:b\"}"),
                                post("b", "{\"userName\":\"b\",\"title\":\"bulkId:a\"}")));

        assertThat(later.get(0).path("status").asString()).isEqualTo("204");
        assertThat(later.get(1).path("status").asString()).isEqualTo("201");
        assertThat(circle.get(0).path("status").asString()).isEqualTo("409");
        assertThat(circle.get(1).path("status").asString()).isEqualTo("409");
        assertThat(office.directory.register().byName("a")).isEmpty();
    }

    @Test
    void afterSoManyFailuresNothingMoreIsDone() {
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "\"failOnErrors\":1,",
                                "{\"method\":\"DELETE\",\"path\":\"/Users/nobody\"}",
                                MAKES_ANA));

        assertThat(results.size()).isEqualTo(1);
        assertThat(results.get(0).path("status").asString()).isEqualTo("404");
        assertThat(office.directory.register().byName("ana")).isEmpty();
    }

    @Test
    void aVersionThatIsNotTrueAnyMoreStopsItsOperation() {
        Account ana = office.account("ana", "clerk");
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "",
                                "{\"method\":\"DELETE\",\"path\":\"/Users/"
                                        + ana.id()
                                        + "\",\"version\":\"W/\\\"old\\\"\"}"));

        assertThat(results.get(0).path("status").asString()).isEqualTo("412");
        assertThat(office.directory.register().byName("ana")).isPresent();
    }

    @Test
    void whatTheCallerMayNotDoAloneIsRefusedAndRecorded() {
        Account helpdesk = office.account("helpdesk", "helpdesk");
        Account boss = office.account("boss", "boss");
        Administrator few =
                office.person(boss, Set.of("ringwall.scim-bulk", "ringwall.scim-change-user"));

        assertThat(reason(done(office.person(helpdesk), bulk("", MAKES_ANA)).get(0)))
                .isEqualTo("not-allowed");
        assertThat(reason(done(few, bulk("", MAKES_ANA)).get(0))).isEqualTo("scope-missing");
        assertThat(office.directory.register().byName("ana")).isEmpty();
        assertThat(office.events)
                .filteredOn(event ->
                        event instanceof SecurityEvent.Administered acted
                                && acted.act() == AdminAct.ADMINISTRATION_REFUSED
                                && "ringwall.scim-create-user"
                                        .equals(acted.details().get("operation")))
                .hasSize(2);
    }

    @Test
    void nobodyGivesOrTakesOverMoreThanAlone() {
        Account boss = office.account("boss", "boss");
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "",
                                MAKES_ANA,
                                joins("boss", "bulkId:ana"),
                                "{\"method\":\"DELETE\",\"path\":\"/Users/" + boss.id() + "\"}"));

        assertThat(results.get(0).path("status").asString()).isEqualTo("201");
        assertThat(reason(results.get(1))).isEqualTo("gives-what-it-lacks");
        assertThat(reason(results.get(2))).isEqualTo("holds-more");
        assertThat(office.directory.register().byName("boss")).isPresent();
    }

    @Test
    void whatCannotBeRecordedIsNotDoneAndTheOthersSayWhatBecameOfThem() {
        Account ana = office.account("ana", "clerk");
        office.unrecordable = ana.id();
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "",
                                post("ben", "{\"userName\":\"ben\"}"),
                                "{\"method\":\"DELETE\",\"path\":\"/Users/" + ana.id() + "\"}"));

        assertThat(results.get(0).path("status").asString()).isEqualTo("201");
        assertThat(results.get(1).path("status").asString()).isEqualTo("503");
        assertThat(reason(results.get(1))).isEqualTo("not-recorded");
        assertThat(office.directory.register().byName("ana")).isPresent();
    }

    @Test
    void anOperationWithAConditionIsAskedForByItself() {
        office.declare(
                Office.DECLARATION.replace(
                        "scim: { allow: [directory, boss] }",
                        "scim: { allow: [directory, boss] }\n  scim-create-user: { allow: directory, when: \"caller.id != 'nobody'\" }"));

        assertThat(reason(done(directory, bulk("", MAKES_ANA)).get(0)))
                .isEqualTo("condition-failed");
    }

    @Test
    void theLimitOfAnOperationCountsWhatComesInBulk() {
        office.declare(
                Office.DECLARATION.replace(
                        "scim: { allow: [directory, boss] }",
                        "scim: { allow: [directory, boss] }\n  scim-create-user: { allow: directory, limit: 2/h per caller }"));
        JsonNode results =
                done(
                        directory,
                        bulk(
                                "",
                                post("a", "{\"userName\":\"a\"}"),
                                post("b", "{\"userName\":\"b\"}"),
                                post("c", "{\"userName\":\"c\"}")));

        assertThat(results.get(1).path("status").asString()).isEqualTo("201");
        assertThat(results.get(2).path("status").asString()).isEqualTo("429");
        assertThat(reason(results.get(2))).isEqualTo("limit-reached");
    }

    @Test
    void whatIsTooLargeOrNoBulkRequestIsRefusedWhole() {
        String many =
                IntStream.rangeClosed(0, ScimBulk.OPERATIONS_MAX)
                        .mapToObj(n -> post("n" + n, "{\"userName\":\"n" + n + "\"}"))
                        .collect(Collectors.joining(","));
        assertThat(office.ask(directory, "scim-bulk", "", bulk("", many)).status()).isEqualTo(413);
        assertThat(
                        office.ask(
                                        directory,
                                        "scim-bulk",
                                        "",
                                        " ".repeat(StrictJson.BODY_BYTES_MAX) + "{}")
                                .status())
                .isEqualTo(413);
        for (String bad :
                new String[] {
                    "{}",
                    bulk("", "1"),
                    bulk("", MAKES_ANA, MAKES_ANA),
                    bulk("\"failOnErrors\":0,", MAKES_ANA),
                    bulk("", "{\"method\":\"POST\",\"path\":\"/Users\",\"data\":{}}")
                }) {
            assertThat(office.ask(directory, "scim-bulk", "", bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(office.directory.register().byName("ana")).isEmpty();
        assertThat(office.directory.register().byName("n0")).isEmpty();
    }

    @Test
    void onlyUsersAndGroupsAreWrittenInBulk() {
        for (String path :
                new String[] {
                    "/Bulk", "/Users/..%2f..", "/Users?a=b", "/../admin/v1/keys", "Users"
                }) {
            JsonNode results =
                    done(
                            directory,
                            bulk(
                                    "",
                                    "{\"method\":\"POST\",\"bulkId\":\"x\",\"path\":\""
                                            + path
                                            + "\",\"data\":{\"userName\":\"x\"}}"));
            assertThat(results.get(0).path("status").asString()).as(path).isEqualTo("404");
        }
        assertThat(
                        done(directory, bulk("", "{\"method\":\"GET\",\"path\":\"/Users/1\"}"))
                                .get(0)
                                .path("status")
                                .asString())
                .isEqualTo("400");
    }
}
