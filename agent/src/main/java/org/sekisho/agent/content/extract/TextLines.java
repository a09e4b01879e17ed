package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Writes the XHTML that a parser makes of a document as text: cells apart by tabs, paragraphs and rows by line breaks. */
final class TextLines extends DefaultHandler {
    private static final Set<String> LINES = Set.of(
            "p", "div", "tr", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "body", "title", "pre", "dt",
            "dd");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final int BUFFER = 16 * 1024;

    private final PartWriter out;
    private final StringBuilder text = new StringBuilder(BUFFER);

    TextLines(PartWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
        // Links and the like: what a document points to leaves with it.
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.getLocalName(i);
            if (attribute.equals("href") || attribute.equals("title") || attribute.equals("alt")) {
                line(attributes.getValue(i));
            }
        }
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        if (LINES.contains(name)) {
            text.append('\n');
        } else if (CELLS.contains(name)) {
            text.append('\t');
        }
        writeIfFull();
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        text.append(characters, start, length);
        writeIfFull();
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        characters(characters, start, length);
    }

    /** A line of its own. */
    void line(String line) throws SAXException {
        text.append(line).append('\n');
        writeIfFull();
    }

    /** Writes what is still held. */
    void flush() throws SAXException {
        // Half of a character stays for its other half.
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        byte[] utf8 = text.substring(0, end).getBytes(StandardCharsets.UTF_8);
        text.delete(0, end);
        try {
            out.text(utf8, 0, utf8.length);
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    private void writeIfFull() throws SAXException {
        if (text.length() >= BUFFER) {
            flush();
        }
    }
}
