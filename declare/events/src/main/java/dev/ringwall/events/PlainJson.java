package dev.ringwall.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Passes over JSON that is written without white space and whose texts are letters of ASCII that stand for themselves, from left to right and
/// without a copy. It is no reader: what it does not pass may be good JSON all the same. For one thread.
public final class PlainJson {

    private static final int DIGITS_MAX = 18;

    private final byte[] bytes;
    private final int end;
    private int at;

    /// At `from` of the bytes, which end at `to` and must not change meanwhile.
    public PlainJson(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /// The words as the bytes that [#passes] compares.
    public static byte[] words(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    /// Where in the bytes it is.
    public int at() {
        return at;
    }

    /// Whether nothing is left.
    public boolean ended() {
        return at == end;
    }

    /// Passes these words if they stand here.
    public boolean passes(byte[] words) {
        int behind = at + words.length;
        if (behind > end || !Arrays.equals(bytes, at, behind, words, 0, words.length)) {
            return false;
        }
        at = behind;
        return true;
    }

    /// Passes that letter if it stands here.
    public boolean passes(char letter) {
        if (at == end || bytes[at] != letter) {
            return false;
        }
        at++;
        return true;
    }

    /// Passes the rest of a text, with the quote that ends it.
    public boolean passesText() {
        byte[] here = bytes;
        for (int i = at; i < end; i++) {
            int letter = here[i]; // beyond ASCII it is less than a space
            if (letter == '"') {
                at = i + 1;
                return true;
            }
            if (letter < ' ' || letter == 0x7f || letter == '\\') {
                return false;
            }
        }
        return false;
    }

    /// Passes a whole number that is written as [Long#toString(long)] writes it, of at most 18 digits, and returns it; -1 when none stands here.
    public long number() {
        int from = at;
        long number = 0;
        while (at < end && at - from < DIGITS_MAX && isDigit(bytes[at])) {
            number = number * 10 + (bytes[at++] - '0');
        }
        boolean leadingZero = at - from > 1 && bytes[from] == '0';
        return at == from || leadingZero ? -1 : number;
    }

    /// The letters from there up to the quote that was passed last.
    public String textSince(int from) {
        return new String(bytes, from, at - 1 - from, StandardCharsets.US_ASCII);
    }

    /// The digit that stands so far from here; -1 when none does.
    int digitAt(int offset) {
        return at + offset < end && isDigit(bytes[at + offset]) ? bytes[at + offset] - '0' : -1;
    }

    /// The letter that stands so far from here; 0 beyond the end.
    int letterAt(int offset) {
        return at + offset < end ? bytes[at + offset] : 0;
    }

    void pass(int count) {
        at += count;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }
}
