package dev.ringwall.gateway;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What one side of a WebSocket hears.
final class Heard implements WebSocket.Listener {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int bytes;

    String next() throws InterruptedException {
        return words.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            words.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        bytes += data.remaining();
        if (last) {
            words.add(bytes + " bytes");
            bytes = 0;
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        words.add("closed " + status + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        words.add("broken");
    }
}
