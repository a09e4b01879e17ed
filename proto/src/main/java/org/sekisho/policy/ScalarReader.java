package org.sekisho.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one value of a policy from one YAML scalar. One thread. */
final class ScalarReader {
    private static final Pattern DIGITS = Pattern.compile("0|[1-9]\\d{0,19}");
    /** Words that YAML 1.2's core schema reads as something else than text. */
    private static final Set<String> NO_TEXT =
            Set.of("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE");

    private final FindingList findings;

    ScalarReader(FindingList findings) {
        this.findings = findings;
    }

    /** The value as protobuf's reflection takes it; null after having told what is wrong. */
    @Nullable
    Object read(YamlNode node, FieldDescriptor field, String path) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return fault(FindingCode.EXPECTED_VALUE, path, node, Vocabulary.key(field));
        }
        ShortForm form = ShortForm.of(field);
        if (form != null) {
            Object value = form.read(scalar.text());
            return value != null ? value : fault(shortFormFault(form), path, node, Excerpt.of(scalar.text()));
        }
        return switch (field.getJavaType()) {
            case STRING -> text(scalar, field, path);
            case BOOLEAN -> bool(scalar, field, path);
            case ENUM -> word(scalar, field, path);
            case INT -> number(scalar, field, path, Integer.SIZE);
            case LONG -> number(scalar, field, path, Long.SIZE);
            case FLOAT, DOUBLE, BYTE_STRING, MESSAGE ->
                throw new IllegalStateException(
                        field.getFullName() + " has a type that a policy's YAML cannot hold; give it a short form");
        };
    }

    private static FindingCode shortFormFault(ShortForm form) {
        return switch (form) {
            case TIMES -> FindingCode.BAD_TIME_RANGE;
            case PORTS -> FindingCode.BAD_PORT_RANGE;
            case DAYS -> FindingCode.BAD_WEEKDAY;
            case SIZE -> FindingCode.BAD_SIZE;
        };
    }

    private @Nullable Object text(YamlNode.Scalar scalar, FieldDescriptor field, String path) {
        if (scalar.plain() && NO_TEXT.contains(scalar.text())) {
            return fault(FindingCode.EXPECTED_TEXT, path, scalar, Vocabulary.key(field), scalar.text());
        }
        if (!WellFormedText.isUnicode(scalar.text())) {
            return fault(FindingCode.UNPRINTABLE, path, scalar, "U+D800..U+DFFF");
        }
        return scalar.text();
    }

    private @Nullable Object bool(YamlNode.Scalar scalar, FieldDescriptor field, String path) {
        if (scalar.plain() && scalar.text().equals("true")) {
            return true;
        }
        if (scalar.plain() && scalar.text().equals("false")) {
            return false;
        }
        return fault(FindingCode.EXPECTED_BOOLEAN, path, scalar, Vocabulary.key(field), Excerpt.of(scalar.text()));
    }

    private @Nullable Object word(YamlNode.Scalar scalar, FieldDescriptor field, String path) {
        EnumValueDescriptor value = Vocabulary.value(field.getEnumType(), scalar.text());
        return value != null
                ? value
                : fault(
                        FindingCode.UNKNOWN_WORD,
                        path,
                        scalar,
                        Vocabulary.key(field),
                        Excerpt.of(scalar.text()),
                        Vocabulary.words(field.getEnumType()));
    }

    /** @param bits of the unsigned number */
    private @Nullable Object number(YamlNode.Scalar scalar, FieldDescriptor field, String path, int bits) {
        if (scalar.plain() && DIGITS.matcher(scalar.text()).matches()) {
            BigInteger number = new BigInteger(scalar.text());
            if (number.bitLength() <= bits) {
                return bits == Integer.SIZE ? (Object) number.intValue() : (Object) number.longValue();
            }
        }
        return fault(FindingCode.EXPECTED_NUMBER, path, scalar, Vocabulary.key(field), Excerpt.of(scalar.text()));
    }

    private @Nullable Object fault(FindingCode code, String path, YamlNode node, String... args) {
        findings.add(Finding.of(code, path, node.position(), args));
        return null;
    }
}
