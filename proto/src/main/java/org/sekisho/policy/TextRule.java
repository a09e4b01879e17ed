package org.sekisho.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.shadow.CustodianKey;

/** What a text of a policy must look like to have a meaning. */
final class TextRule {
    /** The labels that detectors give (policy.proto, ContentCondition.label). */
    static final Set<String> LABELS =
            Set.of("my_number", "corporate_number", "drivers_license", "resident_code", "pension_number");

    /** Longer than any path or name that is written by hand; keeps a decision's cost in proportion. */
    private static final int LONGEST_PATTERN = 1_024;

    private static final int USB_ID_DIGITS = 4;
    private static final int SHA256_DIGITS = 64;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

    private static final Map<String, TextRule> BY_FIELD = rules();

    private final Function<String, @Nullable Fault> check;

    private TextRule(Function<String, @Nullable Fault> check) {
        this.check = check;
    }

    /**
     * What is wrong.
     *
     * @param args for the text of the code
     */
    record Fault(FindingCode code, List<String> args) {}

    static Optional<TextRule> of(FieldDescriptor field) {
        return Optional.ofNullable(BY_FIELD.get(Vocabulary.shortName(field)));
    }

    Optional<Fault> fault(String text) {
        return Optional.ofNullable(check.apply(text));
    }

    private static Map<String, TextRule> rules() {
        Map<String, TextRule> rules = new HashMap<>();
        for (String field : List.of("Rule.id", "DeviceGroup.name")) {
            rules.put(field, where(FindingCode.BAD_ID, text -> ID.matcher(text).matches()));
        }
        for (String field : List.of("MediaCondition.vendor_ids", "MediaCondition.product_ids")) {
            rules.put(field, hex(USB_ID_DIGITS));
        }
        for (String field : List.of("MediaCondition.device_hashes", "ProgramMatch.sha256")) {
            rules.put(field, hex(SHA256_DIGITS));
        }
        for (String field : List.of(
                "Who.users",
                "Who.groups",
                "Who.org_units",
                "Who.terminals",
                "ProgramMatch.signers",
                "MediaCondition.serials",
                "MediaCondition.instances",
                "PrintCondition.printers",
                "PrintCondition.device_uris")) {
            rules.put(field, new TextRule(TextRule::patternFault));
        }
        rules.put("ProgramMatch.paths", new TextRule(TextRule::pathFault));
        rules.put(
                "MediaCondition.interfaces",
                where(FindingCode.BAD_INTERFACE, text -> InterfaceCriterion.Triple.parse(text) != null));
        rules.put(
                "NetworkCondition.destinations",
                where(FindingCode.BAD_DESTINATION, text -> Destination.parse(text) != null));
        rules.put("When.from_date", where(FindingCode.BAD_DATE, text -> TimeCompiler.date(text) != null));
        rules.put("When.until_date", where(FindingCode.BAD_DATE, text -> TimeCompiler.date(text) != null));
        rules.put(
                "Custodian.key",
                where(
                        FindingCode.BAD_CUSTODIAN_KEY,
                        text -> CustodianKey.read(text).isPresent()));
        rules.put("When.zone", where(FindingCode.BAD_ZONE, text -> TimeCompiler.zone(text) != null));
        String labels = String.join(", ", new TreeSet<>(LABELS));
        rules.put(
                "ContentCondition.label",
                new TextRule(text -> LABELS.contains(text)
                        ? null
                        : new Fault(FindingCode.UNKNOWN_LABEL, List.of(Excerpt.of(text), labels))));
        return Map.copyOf(rules);
    }

    private static TextRule where(FindingCode code, Predicate<String> holds) {
        return new TextRule(text -> holds.test(text) ? null : new Fault(code, List.of(Excerpt.of(text))));
    }

    private static TextRule hex(int digits) {
        Pattern pattern = Pattern.compile("[0-9a-f]{" + digits + "}");
        return new TextRule(text -> pattern.matcher(text).matches()
                ? null
                : new Fault(FindingCode.BAD_HEX, List.of(Excerpt.of(text), Integer.toString(digits))));
    }

    private static @Nullable Fault patternFault(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_PATTERN
                ? null
                : new Fault(FindingCode.BAD_PATTERN, List.of(Integer.toString(LONGEST_PATTERN)));
    }

    private static @Nullable Fault pathFault(String text) {
        Fault fault = patternFault(text);
        return fault != null || PathGlob.canBeAbsolute(text)
                ? fault
                : new Fault(FindingCode.PATH_NOT_ABSOLUTE, List.of(Excerpt.of(text)));
    }
}
