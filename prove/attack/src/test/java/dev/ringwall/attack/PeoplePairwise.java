package dev.ringwall.attack;

import dev.ringwall.attack.PeopleAccounts.Login;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// By which ids the system of people tells its clients of them.
final class PeoplePairwise {

    private static final Pattern ASKED = Pattern.compile("\"value\":\"([^\"]*)\"");

    private final Blueprint blueprint;
    private final Set<Gap> gaps;

    PeoplePairwise(Blueprint blueprint, Set<Gap> gaps) {
        this.blueprint = blueprint;
        this.gaps = gaps;
    }

    private Optional<String> sector(String client) {
        return Optional.ofNullable(blueprint.declaration().clients().get(client))
                .flatMap(Client::ownSector);
    }

    /// What the client is told of who signed in.
    Map<String, Object> known(String client, Login login) {
        return sector(client)
                .filter(_ -> !gaps.contains(Gap.IDS_SHARED))
                .<Map<String, Object>>map(own ->
                        Map.of(
                                "sub",
                                id(own, login.person().name),
                                "sid",
                                id(own, login.sid()),
                                "ringwall_sealed",
                                UUID.randomUUID().toString()))
                .orElseGet(() ->
                        Map.of(
                                "sub",
                                login.person().name,
                                "sid",
                                login.sid(),
                                "ringwall_sealed",
                                UUID.randomUUID().toString()));
    }

    private static String id(String sector, String of) {
        return UUID.nameUUIDFromBytes((sector + " " + of).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// Whether the question is about somebody else.
    boolean refuses(Map<String, String> question, Login login) {
        Matcher asked = ASKED.matcher(question.getOrDefault("claims", ""));
        if (!asked.find()) {
            return false;
        }
        boolean own =
                asked.group(1)
                        .equals(known(question.getOrDefault("client_id", ""), login).get("sub"));
        boolean account = asked.group(1).equals(login.person().name);
        return !own && !(account && gaps.contains(Gap.ASKED_BY_ACCOUNT));
    }
}
