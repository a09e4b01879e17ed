package org.sekisho.agent.os.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * libxcb, the X11 protocol's C binding, as declared in {@code xcb/xproto.h} and {@code xcb/xcbext.h}.
 *
 * <p>It is called in place of libX11 because it has no error handlers: a failed request is an event or a reply, and a server
 * that goes away is an error state of the connection. Nothing calls back into the JVM and nothing ends the process.
 *
 * <p>A cookie is a struct of one {@code unsigned int}, which every ABI returns as an int. Replies, events and errors are
 * allocated by the library and freed by {@link Libc#free}. Using the class throws {@link LinkageError} where the library is
 * not installed.
 */
public final class Xcb {
    static {
        Native.register(Xcb.class, "libxcb.so.1");
    }

    private Xcb() {}

    public static native Pointer xcb_connect(@Nullable String display, IntByReference screen);

    public static native int xcb_connection_has_error(Pointer connection);

    public static native void xcb_disconnect(Pointer connection);

    public static native int xcb_get_file_descriptor(Pointer connection);

    public static native int xcb_flush(Pointer connection);

    public static native Pointer xcb_get_setup(Pointer connection);

    public static native int xcb_generate_id(Pointer connection);

    public static native int xcb_get_maximum_request_length(Pointer connection);

    public static native @Nullable Pointer xcb_poll_for_event(Pointer connection);

    public static native @Nullable Pointer xcb_poll_for_queued_event(Pointer connection);

    public static native @Nullable Pointer xcb_wait_for_reply(
            Pointer connection, int request, PointerByReference error);

    /** 1 if the reply has come, or will not; 0 if it may still come. */
    public static native int xcb_poll_for_reply(
            Pointer connection, int request, PointerByReference reply, PointerByReference error);

    /** {@code vector} points at the third element of an array of {@code struct iovec}; the first two are the library's. */
    public static native int xcb_send_request(Pointer connection, int flags, Pointer vector, Pointer request);

    public static native @Nullable Pointer xcb_get_extension_data(Pointer connection, Pointer extension);

    public static native int xcb_intern_atom(Pointer connection, byte onlyIfExists, short nameLength, byte[] name);

    public static native int xcb_get_atom_name(Pointer connection, int atom);

    public static native int xcb_create_window(
            Pointer connection,
            byte depth,
            int window,
            int parent,
            short x,
            short y,
            short width,
            short height,
            short border,
            short windowClass,
            int visual,
            int valueMask,
            int[] values);

    public static native int xcb_destroy_window(Pointer connection, int window);

    public static native int xcb_change_window_attributes(Pointer connection, int window, int valueMask, int[] values);

    public static native int xcb_get_property(
            Pointer connection, byte delete, int window, int property, int type, int longOffset, int longLength);

    public static native int xcb_change_property(
            Pointer connection, byte mode, int window, int property, int type, byte format, int length, byte[] content);

    public static native int xcb_delete_property(Pointer connection, int window, int property);

    public static native int xcb_convert_selection(
            Pointer connection, int requestor, int selection, int target, int property, int time);

    public static native int xcb_set_selection_owner(Pointer connection, int owner, int selection, int time);

    public static native int xcb_get_selection_owner(Pointer connection, int selection);

    public static native int xcb_send_event(
            Pointer connection, byte propagate, int destination, int eventMask, byte[] event);

    public static native int xcb_grab_server(Pointer connection);

    public static native int xcb_ungrab_server(Pointer connection);
}
