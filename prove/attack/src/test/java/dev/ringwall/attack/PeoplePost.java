package dev.ringwall.attack;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The letters that the system of people writes, to where each address is kept.
final class PeoplePost {

    private final Set<Gap> gaps;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> letters = new ConcurrentHashMap<>();

    PeoplePost(Set<Gap> gaps) {
        this.gaps = gaps;
    }

    /// From now on letters to that account go there.
    void knows(String name, String address) {
        addresses.put(name, address);
    }

    Optional<String> address(String name) {
        return Optional.ofNullable(addresses.get(name));
    }

    void send(String address, String text) {
        letters(address).add(text);
    }

    /// Tells the owner of the account that something was changed.
    void tell(String name, String what) {
        if (!gaps.contains(Gap.CHANGES_UNTOLD)) {
            address(name).ifPresent(to -> send(to, "Subject: " + what + "\r\n\r\n" + what + "."));
        }
    }

    /// The next letter to that address.
    Optional<String> next(String address, Duration within) {
        try {
            return Optional.ofNullable(
                    letters(address).poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private BlockingQueue<String> letters(String address) {
        return letters.computeIfAbsent(address, _ -> new LinkedBlockingQueue<>());
    }
}
