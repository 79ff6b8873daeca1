package dev.ringwall.identity;

import dev.ringwall.people.Letter;
import dev.ringwall.people.Post;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where letters end in tests of what is in them; how they travel is tested with a mail server.
final class Letters implements Post {

    private static final Pattern CODE = Pattern.compile("(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}");

    final List<Letter> arrived = new CopyOnWriteArrayList<>();
    final AtomicBoolean there = new AtomicBoolean(true);
    final AtomicBoolean refusing = new AtomicBoolean();
    final AtomicInteger refused = new AtomicInteger();

    @Override
    public boolean there() {
        return there.get();
    }

    @Override
    public void carry(Letter letter) throws IOException {
        if (refusing.get()) {
            refused.incrementAndGet();
            throw new IOException("mailbox full");
        }
        arrived.add(letter);
    }

    /// The next letter to that address about that, once it is there; it is taken out.
    Letter to(String address, String subject) {
        return to(address, subject, () -> {});
    }

    /// @param meanwhile done again and again until it is there, for example to let time pass
    Letter to(String address, String subject, Runnable meanwhile) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < deadline) {
            for (Letter letter : arrived) {
                if (letter.to().equals(address) && letter.subject().contains(subject)) {
                    arrived.remove(letter);
                    return letter;
                }
            }
            meanwhile.run();
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        throw new AssertionError("no letter to " + address + " but " + arrived);
    }

    static String code(Letter letter) {
        Matcher code = CODE.matcher(letter.text());
        if (!code.find()) {
            throw new AssertionError("no code in " + letter.text());
        }
        return code.group();
    }
}
