package org.sekisho.agent.content.extract;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Tells by a content's bytes whether it has to be taken apart; names and extensions are the user's to choose. Pure. */
final class DocumentSign {
    /** A PDF's header may stand that far behind its beginning (ISO 32000-1, annex H.3.4.1). */
    static final int HEAD = 1_024;
    /** ZIP's end record of 22 bytes and its comment (APPNOTE.TXT 4.3.16). */
    static final int TAIL = 22 + 65_535;

    private static final HexFormat HEX = HexFormat.of();
    private static final List<byte[]> BEGINNINGS = List.of(
            HEX.parseHex("504b0304"), // ZIP: Office 2007 and later, OpenDocument
            HEX.parseHex("504b0506"), // ZIP that is empty
            HEX.parseHex("504b0708"), // ZIP in several pieces
            HEX.parseHex("d0cf11e0a1b11ae1"), // OLE2: Office 97 to 2003
            HEX.parseHex("1f8b"), // gzip
            HEX.parseHex("377abcaf271c"), // 7z
            HEX.parseHex("fd377a585a00"), // xz
            HEX.parseHex("425a68"), // bzip2
            HEX.parseHex("526172211a07"), // RAR
            HEX.parseHex("04224d18"), // LZ4
            HEX.parseHex("28b52ffd"), // Zstandard
            HEX.parseHex("4d534346")); // Cabinet

    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
    /** Where POSIX' tar has its magic. */
    private static final int TAR_AT = 257;

    private static final byte[] LHA = "-lh".getBytes(StandardCharsets.US_ASCII);
    private static final int LHA_AT = 2;

    private DocumentSign() {}

    /** Whether a content with these first bytes is a document or archive. */
    static boolean begins(byte[] head, int length) {
        int end = Math.min(length, head.length);
        for (byte[] beginning : BEGINNINGS) {
            if (isAt(head, end, 0, beginning)) {
                return true;
            }
        }
        if (isAt(head, end, TAR_AT, TAR) || isAt(head, end, LHA_AT, LHA)) {
            return true;
        }
        for (int at = 0; at + PDF.length <= Math.min(end, HEAD); at++) {
            if (isAt(head, end, at, PDF)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a content with these last bytes, at most {@link #TAIL}, is also a ZIP: unpackers read the end first, so that
     * anything may stand before it.
     */
    static boolean endsAsZip(byte[] tail, int length) {
        byte[] end = HEX.parseHex("504b0506");
        for (int at = length - 22; at >= 0; at--) {
            if (isAt(tail, length, at, end)) {
                int comment = (tail[at + 20] & 0xff) | (tail[at + 21] & 0xff) << 8;
                if (at + 22 + comment == length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(byte[] bytes, int length, int at, byte[] wanted) {
        if (at + wanted.length > length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
