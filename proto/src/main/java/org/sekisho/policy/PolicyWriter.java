package org.sekisho.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Policy;

/** Writes a policy as YAML: keys in the order of the contract, two spaces a level, always the same for the same policy. */
final class PolicyWriter {
    /** A list that fits on a line of this length stands on one line. */
    private static final int LINE = 110;

    private final StringBuilder out = new StringBuilder();

    private PolicyWriter() {}

    /** @throws IllegalArgumentException when the policy holds what YAML has no word for */
    static String write(Policy policy) {
        PolicyWriter writer = new PolicyWriter();
        writer.writeMessage(policy, 0, false, "");
        return writer.out.toString();
    }

    /** One message as a person reads it; what YAML has no word for is shown as protobuf's text. */
    static String message(Message message) {
        PolicyWriter writer = new PolicyWriter();
        try {
            writer.writeMessage(message, 0, false, "");
        } catch (IllegalArgumentException cannotSay) {
            return TextFormat.printer().printToString(message).strip();
        }
        return writer.out.toString().strip();
    }

    /** One field with its key, as a person reads it; empty when it is not set. */
    static String field(Message message, FieldDescriptor field) {
        if (!isWritten(message, field)) {
            return "";
        }
        PolicyWriter writer = new PolicyWriter();
        try {
            writer.writeField(message, field, 0, "");
        } catch (IllegalArgumentException cannotSay) {
            return TextFormat.printer()
                    .printFieldToString(field, message.getField(field))
                    .strip();
        }
        return writer.out.toString().strip();
    }

    private void writeMessage(Message message, int indent, boolean firstOnSameLine, String path) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw cannotSay(path, "fields of a newer version");
        }
        boolean first = firstOnSameLine;
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (isWritten(message, field)) {
                if (!first) {
                    indent(indent);
                }
                first = false;
                writeField(message, field, indent, path);
            }
        }
    }

    private void writeField(Message message, FieldDescriptor field, int indent, String path) {
        String below = path + "." + Vocabulary.key(field);
        out.append(Vocabulary.key(field)).append(':');
        if (field.isRepeated()) {
            writeList(message, field, indent, below);
        } else {
            writeValue(message.getField(field), field, indent, below);
        }
    }

    private static boolean isWritten(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            return message.getRepeatedFieldCount(field) > 0;
        }
        // A required text is there even when it is empty; a required word has no way to be.
        return message.hasField(field) || (Vocabulary.required(field) && field.getJavaType() == JavaType.STRING);
    }

    /** After {@code key:}, to the end of the line or block. */
    private void writeValue(Object value, FieldDescriptor field, int indent, String path) {
        if (isNested(field)) {
            Message message = (Message) value;
            if (isEmpty(message)) {
                out.append(" {}\n");
            } else {
                out.append('\n');
                writeMessage(message, indent + 2, false, path);
            }
        } else if (value instanceof String text && YamlScalars.isBlock(text)) {
            writeBlock(checkedText(text, path), indent + 2);
        } else {
            out.append(' ').append(scalar(value, field, path)).append('\n');
        }
    }

    private void writeBlock(String text, int indent) {
        boolean newlineAtEnd = text.endsWith("\n");
        out.append(newlineAtEnd ? " |\n" : " |-\n");
        for (String line : (newlineAtEnd ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            if (!line.isEmpty()) {
                indent(indent);
            }
            out.append(line).append('\n');
        }
    }

    private void writeList(Message message, FieldDescriptor field, int indent, String path) {
        if (isNested(field)) {
            out.append('\n');
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                Message item = (Message) message.getRepeatedField(field, i);
                indent(indent + 2);
                out.append("- ");
                if (isEmpty(item)) {
                    out.append("{}\n");
                } else {
                    writeMessage(item, indent + 4, true, path + "[" + i + "]");
                }
            }
            return;
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            items.add(scalar(message.getRepeatedField(field, i), field, path + "[" + i + "]"));
        }
        String line = " [" + String.join(", ", items) + "]";
        if (line.length() + indent + Vocabulary.key(field).length() <= LINE) {
            out.append(line).append('\n');
            return;
        }
        out.append('\n');
        for (String item : items) {
            indent(indent + 2);
            out.append("- ").append(item).append('\n');
        }
    }

    private static String scalar(Object value, FieldDescriptor field, String path) {
        ShortForm form = ShortForm.of(field);
        if (form != null) {
            return require(form.write(value), path, "a value out of range");
        }
        return switch (field.getJavaType()) {
            case STRING -> YamlScalars.inline(checkedText((String) value, path));
            case BOOLEAN -> value.toString();
            case ENUM -> require(word((EnumValueDescriptor) value), path, "an unset value or one of a newer version");
            case INT -> Integer.toUnsignedString((Integer) value);
            case LONG -> Long.toUnsignedString((Long) value);
            case FLOAT, DOUBLE, BYTE_STRING, MESSAGE ->
                throw new IllegalStateException(
                        field.getFullName() + " has a type that a policy's YAML cannot hold; give it a short form");
        };
    }

    private static @Nullable String word(EnumValueDescriptor value) {
        boolean unknown = value.getType().findValueByName(value.getName()) == null;
        return unknown || value.getNumber() == 0 ? null : Vocabulary.word(value);
    }

    private static String checkedText(String text, String path) {
        if (!WellFormedText.isUnicode(text)) {
            throw cannotSay(path, "half of a surrogate pair");
        }
        return text;
    }

    private static String require(@Nullable String text, String path, String what) {
        if (text == null) {
            throw cannotSay(path, what);
        }
        return text;
    }

    private static IllegalArgumentException cannotSay(String path, String what) {
        String where = path.isEmpty() ? "the policy" : path.substring(1);
        return new IllegalArgumentException("Writing a policy as YAML: " + where + " holds " + what
                + ", which YAML has no word for; correct the policy");
    }

    private static boolean isNested(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE && ShortForm.of(field) == null;
    }

    private static boolean isEmpty(Message message) {
        return message.getUnknownFields().asMap().isEmpty()
                && message.getDescriptorForType().getFields().stream().noneMatch(field -> isWritten(message, field));
    }

    private void indent(int spaces) {
        out.repeat(' ', spaces);
    }
}
