package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of an X authority file (Xau(3)): which display it opens, and by which cookie.
 *
 * @param family kind of address
 * @param address of the display's host
 * @param number of the display; empty for any
 * @param name of the method, such as {@code MIT-MAGIC-COOKIE-1}
 * @param data the secret
 */
record XauthorityEntry(int family, byte[] address, String number, String name, byte[] data) {
    /** Matches every address and display. */
    private static final int FAMILY_WILD = 65535;
    /** A user may have gathered some entries; a file of more is no authority file. */
    private static final int MOST_ENTRIES = 1_000;

    /**
     * Reads a file's content.
     *
     * @throws IOException if it isn't one
     */
    static List<XauthorityEntry> read(byte[] file) throws IOException {
        List<XauthorityEntry> entries = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        while (in.available() > 0) {
            if (entries.size() == MOST_ENTRIES) {
                throw new IOException("the X authority file has more than " + MOST_ENTRIES + " entries");
            }
            try {
                int family = in.readUnsignedShort();
                byte[] address = counted(in);
                String number = new String(counted(in), US_ASCII);
                String name = new String(counted(in), US_ASCII);
                entries.add(new XauthorityEntry(family, address, number, name, counted(in)));
            } catch (EOFException e) {
                throw new IOException("the X authority file ends within an entry", e);
            }
        }
        return entries;
    }

    private static byte[] counted(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    boolean opens(String display) {
        return number.isEmpty() || number.equals(display);
    }

    /** A file with the entries' cookies for display number {@code display}, whatever the host is called. */
    static byte[] fileFor(List<XauthorityEntry> entries, String display) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (XauthorityEntry entry : entries) {
            if (entry.opens(display)) {
                out.writeShort(FAMILY_WILD);
                out.writeShort(0);
                counted(out, display.getBytes(US_ASCII));
                counted(out, entry.name().getBytes(US_ASCII));
                counted(out, entry.data());
            }
        }
        return bytes.toByteArray();
    }

    private static void counted(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "XauthorityEntry[" + number + ", " + name + "]";
    }
}
