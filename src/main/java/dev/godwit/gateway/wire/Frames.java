package dev.godwit.gateway.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// One direction of a connection as messages, handed on in runs as long as the reads were: what is passed travels in
/// the bytes in which it came, and leaves at the latest before the next read. A message that is only passed may be of
/// any length; it is never gathered.
///
/// After [#advance] has found a message, exactly one of [#pass] and [#drop] follows. Used by one thread.
///
/// Source: PostgreSQL manual, section 54.7: a type byte, then the length of what follows, itself included.
public final class Frames {
    private static final int HEADER = 5;
    private static final int CAPACITY = 32 * 1024;
    private static final int MOST_KEPT = 1 << 20;
    private static final int MOST_WHOLE = 1 << 30;

    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[CAPACITY];

    /// Bytes from here to the current message are passed and have not left yet.
    private int run;

    private int at;
    private long size;
    private int end;
    private boolean held;

    public Frames(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// @return the type of the next message, which is current from now on; -1 at the end of the stream
    /// @throws MalformedMessage when the length is none
    public int advance() throws IOException {
        if (!has(HEADER)) {
            return -1;
        }
        int length = int32(at + 1);
        if (length < 4) {
            throw new MalformedMessage("a message of length " + length);
        }
        size = 1L + length;
        return buffer[at] & 0xff;
    }

    /// Gathers the current message, so that [#body] can be read.
    public void gather() throws IOException {
        if (size > MOST_WHOLE) {
            throw new MalformedMessage("a message of " + size + " bytes");
        }
        if (!has((int) size)) {
            throw new MalformedMessage("the stream ended inside a message");
        }
    }

    /// Gathers so much of the current message at least, or all of it where it is shorter.
    public void gather(int most) throws IOException {
        if (!has((int) Math.min(size, most))) {
            throw new MalformedMessage("the stream ended inside a message");
        }
    }

    /// @return what follows the header of the current message, as far as it is gathered
    public Fields body() {
        return new Fields(buffer, at + HEADER, (int) Math.min(at + size, end));
    }

    /// Hands the current message on.
    public void pass() throws IOException {
        if (at + size <= end) {
            at += (int) size;
        } else {
            stream();
        }
    }

    /// A message longer than what was read of it: the rest is handed on as it comes.
    private void stream() throws IOException {
        held = false;
        long rest = size - (end - at);
        out.write(buffer, run, end - run);
        run = 0;
        at = 0;
        end = 0;
        while (rest > 0) {
            int read = in.read(buffer, 0, (int) Math.min(rest, buffer.length));
            if (read < 0) {
                throw new MalformedMessage("the stream ended inside a message");
            }
            out.write(buffer, 0, read);
            rest -= read;
        }
    }

    /// Leaves the current message out, which is gathered. What was passed before it leaves now.
    public void drop() throws IOException {
        flush();
        at += (int) size;
        run = at;
    }

    /// Lets what is passed leave, but for what is held.
    public void flush() throws IOException {
        if (!held && run < at) {
            out.write(buffer, run, at - run);
            run = at;
        }
    }

    /// Sends a message of one's own behind what was passed.
    public void insert(byte[] message) throws IOException {
        flush();
        out.write(message);
    }

    /// From now on nothing leaves, until [#release], [#discard], or a message too long to be held.
    public void hold() throws IOException {
        flush();
        held = true;
    }

    public boolean held() {
        return held;
    }

    public void release() {
        held = false;
    }

    /// @return what is held: the messages passed since [#hold]
    public byte[] heldBytes() {
        return Arrays.copyOfRange(buffer, run, at);
    }

    /// @return the current message, which is gathered, with its header
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer, at, at + (int) size);
    }

    /// @return bytes held and of the current message
    public long pending() {
        return at - run + size;
    }

    /// Leaves out what is held.
    public void discard() {
        run = at;
        held = false;
    }

    /// @return false when the stream ended before so many bytes of the current message, or inside a header
    private boolean has(int bytes) throws IOException {
        while (end - at < bytes) {
            flush();
            makeRoom(bytes);
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    private void makeRoom(int bytes) {
        if (run == end) {
            run = 0;
            at = 0;
            end = 0;
            buffer = buffer.length > MOST_KEPT ? new byte[CAPACITY] : buffer;
        }
        if (at + bytes > buffer.length || end == buffer.length) {
            int kept = end - run;
            int needed = Math.max(CAPACITY, at - run + bytes);
            byte[] target = needed > buffer.length ? new byte[grown(needed)] : buffer;
            System.arraycopy(buffer, run, target, 0, kept);
            buffer = target;
            at -= run;
            run = 0;
            end = kept;
        }
    }

    private static int grown(int needed) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, needed + (long) needed / 4));
    }

    private int int32(int from) {
        return (buffer[from] & 0xff) << 24
                | (buffer[from + 1] & 0xff) << 16
                | (buffer[from + 2] & 0xff) << 8
                | (buffer[from + 3] & 0xff);
    }
}
