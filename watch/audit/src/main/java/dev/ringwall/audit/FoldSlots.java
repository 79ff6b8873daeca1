package dev.ringwall.audit;

import dev.ringwall.events.EventJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/// Counters in a file that is mapped into memory, so that a count made a nanosecond before the process is killed is still there when it
/// starts again. Each slot holds an event and how many it stands for. Not safe for many threads.
///
/// A slot is `u64 state, u64 count, u32 length, u32 CRC-32C, event`. The state is written last and made visible in order, so a slot that says
/// it counts has an event.
final class FoldSlots {

    /// How many different floods are counted at a time.
    static final int SLOTS_MAX = 128;

    /// An event that leaves room for a count of any length.
    static final int EVENT_BYTES_MAX = EventJson.EVENT_BYTES_MAX - 32;

    private static final long FREE = 0;
    private static final long COUNTING = 1;
    private static final long WRITING_OUT = 2;

    private static final int COUNT = 8;
    private static final int LENGTH = 16;
    private static final int CHECKSUM = 20;
    private static final int EVENT = 24;
    private static final int SLOT_BYTES = EVENT + EventJson.EVENT_BYTES_MAX;
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer memory;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final List<Integer> kept = new ArrayList<>();

    private FoldSlots(MappedByteBuffer memory) {
        this.memory = memory;
    }

    static FoldSlots open(Path path) throws IOException {
        if (!Files.exists(path)) {
            PrivateFiles.create(path);
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            if (file.length() != (long) SLOTS_MAX * SLOT_BYTES) {
                file.setLength(0);
                // Written, not only reserved: a mapped page without a place on the disk kills the
                // process when the disk is full.
                byte[] slot = new byte[SLOT_BYTES];
                for (int written = 0; written < SLOTS_MAX; written++) {
                    file.write(slot);
                }
            }
            FileChannel channel = file.getChannel();
            FoldSlots slots =
                    new FoldSlots(channel.map(FileChannel.MapMode.READ_WRITE, 0, file.length()));
            for (int slot = 0; slot < SLOTS_MAX; slot++) {
                (isFree(channel, slot) ? slots.free : slots.kept).add(slot);
            }
            return slots;
        }
    }

    /// Asks the file: whatever is looked at in memory stays there, and most nodes never count a flood.
    private static boolean isFree(FileChannel file, int slot) throws IOException {
        ByteBuffer state = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        while (state.hasRemaining()) {
            if (file.read(state, (long) slot * SLOT_BYTES + state.position()) < 0) {
                throw new EOFException("slot " + slot);
            }
        }
        return state.getLong(0) == FREE;
    }

    /// The slots that were not free when the file was opened.
    List<Integer> kept() {
        return List.copyOf(kept);
    }

    /// Takes a slot for that event; -1 when all are taken.
    int take(byte[] event, long count) {
        Integer slot = free.poll();
        if (slot == null) {
            return -1;
        }
        int at = slot * SLOT_BYTES;
        memory.putInt(at + LENGTH, event.length);
        memory.putInt(at + CHECKSUM, checksum(event));
        memory.put(at + EVENT, event);
        LONG.setVolatile(memory, at + COUNT, count);
        LONG.setVolatile(memory, at, COUNTING);
        return slot;
    }

    void add(int slot, long count) {
        LONG.setVolatile(memory, slot * SLOT_BYTES + COUNT, count(slot) + count);
    }

    long count(int slot) {
        return (long) LONG.getVolatile(memory, slot * SLOT_BYTES + COUNT);
    }

    /// A copy of the slot's event; empty when the slot is free or was torn.
    byte[] event(int slot) {
        int at = slot * SLOT_BYTES;
        int length = memory.getInt(at + LENGTH);
        if (state(slot) == FREE || length < 1 || length > EventJson.EVENT_BYTES_MAX) {
            return new byte[0];
        }
        byte[] event = new byte[length];
        memory.get(at + EVENT, event);
        return checksum(event) == memory.getInt(at + CHECKSUM) ? event : new byte[0];
    }

    /// From here until [#release] it is not known whether the event has been written out.
    void writingOut(int slot) {
        LONG.setVolatile(memory, slot * SLOT_BYTES, WRITING_OUT);
    }

    /// The event has not been written out after all.
    void goOn(int slot) {
        LONG.setVolatile(memory, slot * SLOT_BYTES, COUNTING);
    }

    boolean wasWritingOut(int slot) {
        return state(slot) == WRITING_OUT;
    }

    void release(int slot) {
        LONG.setVolatile(memory, slot * SLOT_BYTES, FREE);
        free.add(slot);
    }

    private long state(int slot) {
        return (long) LONG.getVolatile(memory, slot * SLOT_BYTES);
    }

    private static int checksum(byte[] event) {
        CRC32C crc = new CRC32C();
        crc.update(event);
        return (int) crc.getValue();
    }
}
