package org.sekisho.control.document;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sekisho.control.document.Document.Facts;

/** Sets names and values beside each other. */
final class FactsSetter {
    private static final float NAMES = 0.28f;
    private static final float GREY = 0.35f;

    private final PageSetter pages;

    FactsSetter(PageSetter pages) {
        this.pages = pages;
    }

    void set(Facts facts) throws IOException {
        float names = pages.width() * NAMES;
        float values = pages.width() - names;
        for (Map.Entry<String, String> fact : facts.facts()) {
            List<String> name = pages.lines(fact.getKey(), PageSetter.TEXT, names - 8);
            List<String> value = pages.lines(fact.getValue(), PageSetter.TEXT, values);
            pages.room(PageSetter.height(Math.min(name.size(), 3), PageSetter.TEXT));
            for (int line = 0; line < Math.max(name.size(), value.size()); line++) {
                pages.room(PageSetter.height(1, PageSetter.TEXT));
                float baseline = pages.y() - PageSetter.TEXT;
                pages.put(PageSetter.left(), baseline, at(name, line), PageSetter.TEXT, GREY);
                pages.put(PageSetter.left() + names, baseline, at(value, line), PageSetter.TEXT, 0);
                pages.down(PageSetter.height(1, PageSetter.TEXT));
            }
            pages.down(1.5f);
        }
        pages.down(4);
    }

    private static String at(List<String> lines, int line) {
        return line < lines.size() ? lines.get(line) : "";
    }
}
