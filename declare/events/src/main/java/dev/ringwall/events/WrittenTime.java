package dev.ringwall.events;

import java.time.YearMonth;

/// Sees whether a time is written as [java.time.Instant#toString] writes it, as far as events need it: a year of four digits, and no
/// fraction of a second or one of three or six digits.
final class WrittenTime {

    private static final int SECOND_LETTERS = "2026-11-30T17:05:09".length();
    private static final int GROUP = 3;
    private static final int GROUPS_MAX = 2;

    private WrittenTime() {}

    /// Passes the time and the quote that ends it.
    static boolean passes(PlainJson json) {
        int month = two(json, 5);
        if (two(json, 0) < 0
                || two(json, 2) < 0
                || json.letterAt(4) != '-'
                || month < 1
                || month > 12
                || json.letterAt(7) != '-'
                || json.letterAt(10) != 'T'
                || json.letterAt(13) != ':'
                || json.letterAt(16) != ':'
                || !isUpTo(23, two(json, 11))
                || !isUpTo(59, two(json, 14))
                || !isUpTo(59, two(json, 17))) {
            return false;
        }
        int day = two(json, 8);
        int year = two(json, 0) * 100 + two(json, 2);
        if (day < 1 || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
            return false;
        }
        json.pass(SECOND_LETTERS);
        return (!json.passes('.') || fraction(json)) && json.passes('Z') && json.passes('"');
    }

    /// Digits in groups of three, of which the last one is not all zeros.
    private static boolean fraction(PlainJson json) {
        int last = 0;
        int groups = 0;
        while (groups < GROUPS_MAX && json.digitAt(0) >= 0) {
            int tens = two(json, 1);
            if (tens < 0) {
                return false;
            }
            last = json.digitAt(0) * 100 + tens;
            json.pass(GROUP);
            groups++;
        }
        return last > 0;
    }

    private static boolean isUpTo(int max, int number) {
        return number >= 0 && number <= max;
    }

    /// The number of two digits that stands so far from here; -1 when none does.
    private static int two(PlainJson json, int offset) {
        int tens = json.digitAt(offset);
        int ones = json.digitAt(offset + 1);
        return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
    }
}
