package org.sekisho.agent.desktop;

import java.io.IOException;
import java.io.InputStream;

/** Undoes percent-encoding (RFC 3986, section 2.1), so that a full-width number in a file's name is seen as one. */
final class PercentDecoding extends InputStream {
    private final InputStream encoded;
    private final int[] back = new int[2];
    private int backs;

    PercentDecoding(InputStream encoded) {
        this.encoded = encoded;
    }

    @Override
    public int read() throws IOException {
        int first = take();
        if (first != '%') {
            return first;
        }
        int high = take();
        int low = high < 0 ? -1 : take();
        if (Character.digit(high, 16) >= 0 && Character.digit(low, 16) >= 0) {
            return Character.digit(high, 16) * 16 + Character.digit(low, 16);
        }
        putBack(low);
        putBack(high);
        return first;
    }

    private int take() throws IOException {
        return backs > 0 ? back[--backs] : encoded.read();
    }

    private void putBack(int value) {
        if (value >= 0) {
            back[backs++] = value;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int next = read();
            if (next < 0) {
                break;
            }
            into[offset + done++] = (byte) next;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
