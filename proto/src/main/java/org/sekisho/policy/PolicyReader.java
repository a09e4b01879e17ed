package org.sekisho.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Policy;

/**
 * Fills a policy from a YAML tree, led by the contract's own descriptors: a field that is added there can be read at
 * once. Goes on after an error, so that one reading finds all of them. One use, one thread.
 */
final class PolicyReader {
    private final FindingList findings;
    private final Map<String, Position> positions = new HashMap<>();
    private final ScalarReader scalars;

    PolicyReader(FindingList findings) {
        this.findings = findings;
        this.scalars = new ScalarReader(findings);
    }

    Policy read(YamlNode root) {
        Policy.Builder policy = Policy.newBuilder();
        readMessage(root, policy, "");
        return policy.build();
    }

    SourceMap sourceMap() {
        return new SourceMap(positions);
    }

    private void readMessage(YamlNode node, Message.Builder into, String path) {
        positions.put(path, node.position());
        if (!(node instanceof YamlNode.Mapping mapping)) {
            findings.add(Finding.of(FindingCode.EXPECTED_MAPPING, path, node.position(), path));
            return;
        }
        Descriptor type = into.getDescriptorForType();
        Map<String, FieldDescriptor> known = Vocabulary.fields(type);
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            FieldDescriptor field = field(entry.key(), known, seen, path);
            if (field != null) {
                String below = path.isEmpty() ? Vocabulary.key(field) : path + "." + Vocabulary.key(field);
                positions.put(below, entry.key().position());
                if (onlyOneOf(into, field, entry.key().position(), below)) {
                    readField(entry.value(), field, into, below);
                }
            }
        }
        for (FieldDescriptor field : type.getFields()) {
            if (Vocabulary.required(field) && !seen.contains(Vocabulary.key(field))) {
                findings.add(Finding.of(FindingCode.MISSING_KEY, path, node.position(), Vocabulary.key(field)));
            }
        }
    }

    private @Nullable FieldDescriptor field(
            YamlNode key, Map<String, FieldDescriptor> known, Set<String> seen, String path) {
        if (!(key instanceof YamlNode.Scalar name)) {
            findings.add(Finding.of(FindingCode.KEY_NOT_A_WORD, path, key.position()));
            return null;
        }
        FieldDescriptor field = known.get(name.text());
        if (field == null) {
            String keys = String.join(", ", known.keySet().stream().sorted().toList());
            findings.add(Finding.of(FindingCode.UNKNOWN_KEY, path, key.position(), Excerpt.of(name.text()), keys));
            return null;
        }
        if (!seen.add(name.text())) {
            findings.add(Finding.of(FindingCode.DUPLICATE_KEY, path, key.position(), name.text()));
            return null;
        }
        return field;
    }

    private boolean onlyOneOf(Message.Builder into, FieldDescriptor field, Position position, String path) {
        OneofDescriptor oneof = field.getContainingOneof();
        if (oneof == null || !into.hasOneof(oneof)) {
            return true;
        }
        FieldDescriptor other = into.getOneofFieldDescriptor(oneof);
        findings.add(Finding.of(
                FindingCode.MORE_THAN_ONE_SUBJECT,
                path,
                position,
                Vocabulary.key(field),
                other == null ? "" : Vocabulary.key(other)));
        return false;
    }

    private void readField(YamlNode node, FieldDescriptor field, Message.Builder into, String path) {
        if (!field.isRepeated()) {
            Object value = readValue(node, field, into, path);
            if (value != null) {
                into.setField(field, value);
            }
            return;
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            findings.add(Finding.of(FindingCode.EXPECTED_LIST, path, node.position(), Vocabulary.key(field)));
            return;
        }
        int most = Vocabulary.mostItems(field);
        int index = 0;
        for (YamlNode item : sequence.items()) {
            String below = path + "[" + index + "]";
            if (index == most) {
                findings.add(Finding.of(
                        FindingCode.TOO_MANY_ITEMS,
                        below,
                        item.position(),
                        Vocabulary.key(field),
                        Integer.toString(sequence.items().size()),
                        Integer.toString(most)));
                return;
            }
            Object value = readValue(item, field, into, below);
            if (value != null) {
                into.addRepeatedField(field, value);
            }
            index++;
        }
    }

    private @Nullable Object readValue(YamlNode node, FieldDescriptor field, Message.Builder parent, String path) {
        if (field.getJavaType() == JavaType.MESSAGE && ShortForm.of(field) == null) {
            Message.Builder child = parent.newBuilderForField(field);
            readMessage(node, child, path);
            return child.build();
        }
        positions.put(path, node.position());
        return scalars.read(node, field, path);
    }
}
