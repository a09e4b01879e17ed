package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.sekisho.v1.Label;

/** Labels as people read them, such as “個人番号 3件、運転免許証番号 1件”. */
public final class LabelTexts {
    private LabelTexts() {}

    /** All labels with their counts, whatever their grades; a label that has no text is named as it is. */
    public static String of(List<Label> labels, Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                "org.sekisho.agent.content.ScanMessages",
                language,
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        Map<String, Long> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label.getLabel(), (long) label.getCount(), Long::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((label, count) -> {
            String key = "label." + label;
            parts.add(texts.getString("text.counted")
                    .formatted(texts.containsKey(key) ? texts.getString(key) : label, count));
        });
        return String.join(texts.getString("text.separator"), parts);
    }
}
