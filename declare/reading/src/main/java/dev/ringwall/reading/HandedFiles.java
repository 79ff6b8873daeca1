package dev.ringwall.reading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Files that were handed over with their paths, as a bundle does.
record HandedFiles(Map<String, String> texts) implements Files {

    HandedFiles {
        texts = Map.copyOf(texts);
    }

    @Override
    public Fetched fetch(FilePath path) {
        String text = texts.get(path.text());
        if (text == null) {
            return new Fetched.Missing();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > SourceText.FILE_BYTES_MAX
                ? new Fetched.TooLarge()
                : new Fetched.Bytes(ByteBuffer.wrap(bytes));
    }
}
