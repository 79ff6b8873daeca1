package dev.ringwall.attack;

import dev.ringwall.attack.PeopleTokens.Bought;
import dev.ringwall.model.Client;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which tokens of people the system of people trades for those of a client that acts for them.
final class PeopleExchange {

    private final Set<Gap> gaps;
    private final PeopleMachines machines;

    PeopleExchange(Set<Gap> gaps, PeopleMachines machines) {
        this.gaps = gaps;
        this.machines = machines;
    }

    /// @param asks whoever asks, where it is declared
    /// @param subject what the token that is shown is worth, where it is one
    boolean trades(Map<String, String> form, Optional<Client> asks, Optional<Bought> subject) {
        if (gaps.contains(Gap.EXCHANGE_BY_ANYBODY)) {
            return true;
        }
        if (asks.isEmpty() || subject.isEmpty() || !machines.proved(form)) {
            return false;
        }
        boolean acts = asks.get().actsFor().containsKey(subject.get().login().person().role);
        boolean here = !form.containsKey("audience");
        return (acts || gaps.contains(Gap.EXCHANGE_FOR_OTHERS))
                && (here || gaps.contains(Gap.EXCHANGE_ELSEWHERE))
                && (within(form, subject.get().scope()) || gaps.contains(Gap.EXCHANGE_WIDER));
    }

    private static boolean within(Map<String, String> form, String scope) {
        Set<String> asked = words(form.getOrDefault("scope", scope));
        return words(scope).containsAll(asked);
    }

    private static Set<String> words(String scopes) {
        return new HashSet<>(Arrays.asList(scopes.split(" ")));
    }
}
