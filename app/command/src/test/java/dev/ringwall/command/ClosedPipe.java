package dev.ringwall.command;

import java.io.IOException;
import java.io.OutputStream;

/// A pipe whose reader has gone, as in `| head -1`.
final class ClosedPipe extends OutputStream {

    @Override
    public void write(int octet) throws IOException {
        throw new IOException("Broken pipe");
    }
}
