package dev.godwit.gateway;

import org.jspecify.annotations.Nullable;

/// Whether a statement is held by its handler, and whether its client has taken it back meanwhile. A handler that waits
/// hears of it by an interrupt; one that asks the server something does not, because an interrupt would end the
/// connection: there the server is asked to cancel.
final class Hold {
    private @Nullable Thread holder;
    private boolean asking;
    private boolean takenBack;

    /// The handler of this thread holds from now on.
    synchronized void begin() {
        holder = Thread.currentThread();
        asking = false;
        takenBack = false;
    }

    /// @return whether the statement was taken back while it was held; the interrupt that told so is gone
    synchronized boolean end() {
        if (holder != null && takenBack) {
            Thread.interrupted();
        }
        holder = null;
        return takenBack;
    }

    /// Something of Godwit's own goes to the server. What has to be set back can be, after the client's word too.
    synchronized void ask() {
        asking = true;
        if (holder != null && takenBack) {
            Thread.interrupted();
        }
    }

    synchronized void answered() {
        asking = false;
        if (holder != null && takenBack) {
            holder.interrupt();
        }
    }

    /// Takes back what is held.
    ///
    /// @return false where the server has to hear of it: nothing is held, or something of Godwit's own runs for it
    synchronized boolean takeBack() {
        if (holder == null) {
            return false;
        }
        takenBack = true;
        if (!asking) {
            holder.interrupt();
        }
        return !asking;
    }
}
