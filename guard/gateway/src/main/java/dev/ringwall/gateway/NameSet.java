package dev.ringwall.gateway;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// Names of headers, found by their length and then compared without regard to case (RFC 9110 §5.1): what is asked for every line of every message. Immutable.
final class NameSet {

    /// Says that a name is not among them.
    static final int NONE = -1;

    private final AsciiString[][] byLength;
    private final int[][] places;

    private NameSet(Collection<? extends CharSequence> names) {
        int longest = names.stream().mapToInt(CharSequence::length).max().orElse(0);
        List<AsciiString> all = new ArrayList<>();
        names.forEach(name -> all.add(AsciiString.of(name)));
        byLength = new AsciiString[longest + 1][];
        places = new int[longest + 1][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            byLength[i] =
                    all.stream()
                            .filter(name -> name.length() == length)
                            .toArray(AsciiString[]::new);
            places[i] =
                    IntStream.range(0, all.size())
                            .filter(at -> all.get(at).length() == length)
                            .toArray();
        }
    }

    static NameSet of(Collection<? extends CharSequence> names) {
        return new NameSet(names);
    }

    static NameSet of(CharSequence... names) {
        return new NameSet(List.of(names));
    }

    boolean has(CharSequence name) {
        return place(name) != NONE;
    }

    /// Which of them it is, counted from 0 in the order in which they were given; [#NONE] where it is none.
    int place(CharSequence name) {
        int length = name.length();
        if (length < byLength.length) {
            AsciiString[] same = byLength[length];
            for (int i = 0; i < same.length; i++) {
                if (same[i].contentEqualsIgnoreCase(name)) {
                    return places[length][i];
                }
            }
        }
        return NONE;
    }
}
