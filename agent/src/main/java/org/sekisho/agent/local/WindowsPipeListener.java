package org.sekisho.agent.local;

import static java.util.Objects.requireNonNull;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.os.windows.AccessEntry;
import org.sekisho.agent.os.windows.OverlappedCall;
import org.sekisho.agent.os.windows.PipeApi;
import org.sekisho.agent.os.windows.ProcessToken;
import org.sekisho.agent.os.windows.SecurityDescriptor;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * The service's named pipe. SYSTEM and Administrators may open it, and this process's own account if it is neither (an
 * agent that is run by hand); nobody from another machine may. While it is open, nobody else can listen under its name.
 *
 * <p>One instance of the pipe always waits for a client, so that clients find the pipe; with {@value #MAX_CONNECTIONS}
 * connections open none does, and clients are refused with {@code ERROR_PIPE_BUSY}. One thread accepts at a time.
 */
public final class WindowsPipeListener implements LocalListener {
    /** As {@link LocalListener} promises. */
    static final int MAX_CONNECTIONS = 64;

    private static final long CANCEL_AGAIN_MILLIS = 10;

    private final String address;
    private final SecurityDescriptor access;
    private final OverlappedCall connecting;
    private final Object lock = new Object();

    // Guarded by lock.
    private @Nullable HANDLE waiting;
    private int connections;
    private boolean closed;
    private boolean accepting;

    /**
     * Listens.
     *
     * @param address a pipe's name, such as {@link WindowsPipe#ADDRESS}
     * @throws IOException if there is a pipe of that name already, or it can't be made; names it and the OS's error
     */
    public WindowsPipeListener(String address) throws IOException {
        this.address = address;
        access = SecurityDescriptor.of(sddl());
        connecting = new OverlappedCall();
        try {
            HANDLE first = instance(PipeApi.FIRST_INSTANCE);
            waiting = first;
            readBack(first);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** That the pipe is this process's alone, and who may open it. */
    private void readBack(HANDLE first) throws IOException {
        IntByReference instances = new IntByReference();
        if (!Kernel32.INSTANCE.GetNamedPipeHandleState(first, null, instances, null, null, null, 0)) {
            throw Win32Failure.last("GetNamedPipeHandleState of " + address);
        }
        if (instances.getValue() != 1) {
            throw new IOException("another process listens at %s already; find and stop it".formatted(address));
        }
        try (SecurityDescriptor found = SecurityDescriptor.ofKernelObject(first, address)) {
            if (!trustees(found).equals(trustees(access))) {
                throw new IOException("%s may be opened by others than was set: %s".formatted(address, found.sddl()));
            }
        }
    }

    private static String sddl() throws IOException {
        try (ProcessToken self = ProcessToken.current()) {
            return "D:P(A;;GA;;;SY)(A;;GA;;;BA)" + (self.privileged() ? "" : "(A;;GA;;;" + self.userSid() + ")");
        }
    }

    private static List<String> trustees(SecurityDescriptor descriptor) throws IOException {
        return AccessEntry.of(descriptor.sddl()).stream()
                .filter(AccessEntry::allows)
                .map(AccessEntry::trustee)
                .sorted()
                .toList();
    }

    private HANDLE instance(int flags) throws IOException {
        HANDLE made = PipeApi.INSTANCE.CreateNamedPipe(
                address,
                WinBase.PIPE_ACCESS_DUPLEX | PipeApi.OVERLAPPED | flags,
                WinBase.PIPE_TYPE_BYTE | WinBase.PIPE_READMODE_BYTE | WinBase.PIPE_REJECT_REMOTE_CLIENTS,
                MAX_CONNECTIONS,
                WindowsPipeConnection.BUFFER_BYTES,
                WindowsPipeConnection.BUFFER_BYTES,
                0,
                access.attributes());
        if (WinBase.INVALID_HANDLE_VALUE.equals(made)) {
            throw Win32Failure.last("CreateNamedPipe " + address);
        }
        return made;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public LocalConnection accept() throws IOException {
        while (true) {
            HANDLE pipe = begin();
            boolean connected = false;
            try {
                connected = connected(pipe);
            } finally {
                end(pipe, connected);
            }
            if (connected) {
                try {
                    Peer peer = WindowsPipePeer.client(pipe, address);
                    return new WindowsPipeConnection(pipe, address, peer, this::left);
                } catch (IOException goneAgain) {
                    // A client that ended before it was identified; the next one is waited for.
                    Kernel32.INSTANCE.CloseHandle(pipe);
                    left();
                }
            }
        }
    }

    private HANDLE begin() throws IOException {
        synchronized (lock) {
            while (!closed && connections == MAX_CONNECTIONS) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ClosedChannelException();
                }
            }
            if (closed) {
                throw new ClosedChannelException();
            }
            HANDLE pipe = waiting;
            if (pipe == null) {
                pipe = instance(0);
                waiting = pipe;
            }
            accepting = true;
            return pipe;
        }
    }

    /** False if a client came and went before it was seen. */
    private boolean connected(HANDLE pipe) throws IOException {
        String tried = "ConnectNamedPipe " + address;
        boolean started = PipeApi.INSTANCE.ConnectNamedPipe(pipe, connecting.begin());
        try {
            connecting.result(started, pipe, tried);
            return true;
        } catch (Win32Failure failure) {
            if (failure.code() == WinError.ERROR_PIPE_CONNECTED) {
                return true;
            }
            if (failure.code() == WinError.ERROR_NO_DATA) {
                Kernel32.INSTANCE.DisconnectNamedPipe(pipe);
                return false;
            }
            synchronized (lock) {
                if (closed) {
                    throw new ClosedChannelException();
                }
            }
            throw failure;
        }
    }

    private void end(HANDLE pipe, boolean connected) throws IOException {
        synchronized (lock) {
            accepting = false;
            lock.notifyAll();
            if (closed) {
                waiting = null;
                Kernel32.INSTANCE.CloseHandle(pipe);
                throw new ClosedChannelException();
            }
            if (connected) {
                connections++;
                waiting = connections < MAX_CONNECTIONS ? instance(0) : null;
            }
        }
    }

    private void left() {
        synchronized (lock) {
            connections--;
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            lock.notifyAll();
            boolean interrupted = false;
            while (accepting) {
                // accept() may only be about to make its call, so it is cancelled until it has ended.
                PipeApi.INSTANCE.CancelIoEx(requireNonNull(waiting), null);
                try {
                    lock.wait(CANCEL_AGAIN_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (waiting != null) {
                Kernel32.INSTANCE.CloseHandle(waiting);
                waiting = null;
            }
            free();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void free() {
        access.close();
        connecting.close();
    }
}
