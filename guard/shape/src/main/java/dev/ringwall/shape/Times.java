package dev.ringwall.shape;

import java.time.YearMonth;

/// Dates and times (RFC 3339 §5.6, appendix A). ASCII digits only, and no day that no calendar has.
final class Times {

    private Times() {}

    static boolean dateTime(String text) {
        return text.length() > 11
                && date(text.substring(0, 10))
                && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && time(text.substring(11));
    }

    static boolean date(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /// With an offset. A second 60 is good only at the end of a day in UTC.
    static boolean time(String text) {
        if (text.length() < 9 || text.charAt(2) != ':' || text.charAt(5) != ':') {
            return false;
        }
        int hour = number(text, 0, 2);
        int minute = number(text, 3, 5);
        int second = number(text, 6, 8);
        int at = 8;
        if (text.charAt(at) == '.') {
            int from = ++at;
            while (at < text.length() && Formats.digit(text.charAt(at))) {
                at++;
            }
            if (at == from) {
                return false;
            }
        }
        int offset = offset(text.substring(at));
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        int inUtc = Math.floorMod(hour * 60 + minute - offset, 24 * 60);
        return offset != Integer.MIN_VALUE && (second < 60 || inUtc == 24 * 60 - 1);
    }

    /// Minutes from UTC.
    private static int offset(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return 0;
        }
        boolean form =
                text.length() == 6
                        && (text.charAt(0) == '+' || text.charAt(0) == '-')
                        && text.charAt(3) == ':';
        int hours = form ? number(text, 1, 3) : -1;
        int minutes = form ? number(text, 4, 6) : -1;
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int all = hours * 60 + minutes;
        return text.charAt(0) == '-' ? -all : all;
    }

    /// `P1Y2M3DT4H5M6S` or `P4W`.
    static boolean duration(String text) {
        if (text.length() < 3 || text.charAt(0) != 'P') {
            return false;
        }
        int time = text.indexOf('T');
        String days = time < 0 ? text.substring(1) : text.substring(1, time);
        String hours = time < 0 ? "" : text.substring(time + 1);
        if (time >= 0 && hours.isEmpty()) {
            return false;
        }
        boolean weeks = time < 0 && days.endsWith("W");
        return weeks ? parts(days, "W") : parts(days, "YMD") && parts(hours, "HMS");
    }

    /// Numbers with units that follow each other without a gap.
    private static boolean parts(String text, String units) {
        int last = -1;
        for (int at = 0; at < text.length(); at++) {
            int from = at;
            while (at < text.length() && Formats.digit(text.charAt(at))) {
                at++;
            }
            int unit = at < text.length() ? units.indexOf(text.charAt(at)) : -1;
            if (at == from || unit < 0 || (last >= 0 && unit != last + 1)) {
                return false;
            }
            last = unit;
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!Formats.digit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
