package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;

/// The head of a message as it comes in: a first line, then header lines (RFC 9112 §2.1). A few empty lines may come before it (§2.2).
abstract class MessageHead extends Head {

    /// What [#body] says of one in chunks.
    static final long CHUNKED = -1;

    /// What [#body] says where nothing in the head does.
    static final long UNSAID = -2;

    private static final int EMPTY_LINES_MAX = 8;
    private static final int LENGTH_DIGITS_MAX = 18;
    private static final byte[] HTTP_1 = {'H', 'T', 'T', 'P', '/', '1', '.'};

    /// Bytes of a version.
    static final int VERSION_BYTES = HTTP_1.length + 1;

    private final int firstBytesMax;
    private int first = -1;
    private int emptyLines;
    private boolean begun;
    private boolean old;
    private int lengths;
    private int codings;
    private AsciiString length = AsciiString.EMPTY_STRING;
    private AsciiString coding = AsciiString.EMPTY_STRING;

    /// @param firstBytesMax the first line with its line end, in bytes
    MessageHead(int firstBytesMax, int fieldBytesMax, int fieldsMax) {
        super(fieldBytesMax, fieldsMax);
        this.firstBytesMax = firstBytesMax;
    }

    @Override
    void forget() {
        super.forget();
        first = -1;
        emptyLines = 0;
        begun = false;
        old = false;
        lengths = 0;
        codings = 0;
    }

    @Override
    final int begin(byte[] bytes, int from, int length) {
        int at = first < 0 ? pastEmptyLines(bytes, from, length) : from;
        if (first < 0) {
            return at;
        }
        int end = Math.min(length, first + firstBytesMax);
        at = firstLine(bytes, at, end);
        begun = at > first && bytes[at - 1] == '\n';
        if (!begun && end == first + firstBytesMax) {
            throw new TooLongHttpLineException(
                    "An HTTP line is larger than " + firstBytesMax + " bytes.");
        }
        return at;
    }

    private int pastEmptyLines(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] <= ' ' && bytes[at] >= 0) {
            if (bytes[at] != '\r' || (at + 1 < length && bytes[at + 1] != '\n')) {
                throw new OddRequest("something before the request line");
            }
            if (at + 1 == length) {
                return at;
            }
            if (++emptyLines > EMPTY_LINES_MAX) {
                throw new OddRequest("empty lines before the request line");
            }
            at += 2;
        }
        first = at < length ? at : -1;
        return at;
    }

    @Override
    final boolean hasBegun() {
        return begun;
    }

    /// Reads on in the first line, and past its end where that has come; returns where it stopped.
    abstract int firstLine(byte[] bytes, int from, int end);

    /// Where the first line begins.
    final int first() {
        return first;
    }

    /// Whether a version of HTTP/1 is there, or as much of one as has come.
    final boolean versionStands(byte[] bytes, int at, int end) {
        int come = Math.min(VERSION_BYTES, end - at);
        for (int i = 0; i < come; i++) {
            byte octet = bytes[at + i];
            if (i == HTTP_1.length) {
                old = octet == '0';
                return old || octet == '1';
            }
            if (octet != HTTP_1[i]) {
                return false;
            }
        }
        return true;
    }

    /// What it says of itself.
    final HttpVersion version() {
        return old ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    /// The message that it is the head of, once it is whole.
    abstract HttpMessage message();

    /// The message as far as it can be told, which goes no further.
    abstract HttpMessage odd();

    /// How many bytes of a body come behind it, or [#CHUNKED], or [#UNSAID] (RFC 9112 §6.3). Stricter: one length of digits, or one
    /// coding, which is `chunked`, in HTTP/1.1.
    long body() {
        if (lengths + codings == 0) {
            return UNSAID;
        }
        if (codings == 0) {
            return number(lengths == 1 ? length : AsciiString.EMPTY_STRING);
        }
        if (lengths > 0) {
            throw new OddRequest("both Content-Length and Transfer-Encoding");
        }
        if (old || codings > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
            throw new OddRequest("a transfer coding other than chunked");
        }
        return CHUNKED;
    }

    @Override
    final void added(AsciiString called, AsciiString said) {
        if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(called)) {
            lengths++;
            length = said;
        } else if (HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(called)) {
            codings++;
            coding = said;
        }
    }

    private static long number(CharSequence text) {
        long number = 0;
        int digits = text.length();
        boolean all = digits > 0 && digits <= LENGTH_DIGITS_MAX;
        for (int i = 0; all && i < digits; i++) {
            int digit = text.charAt(i) - '0';
            all = digit >= 0 && digit <= 9;
            number = number * 10 + digit;
        }
        if (!all) {
            throw new OddRequest("a Content-Length that is not one number");
        }
        return number;
    }
}
