package org.sekisho.policy;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.MediaCondition;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Registration;
import org.sekisho.v1.SetMatch;

/** Turns a condition on devices into its clauses. Immutable, safe for all threads. */
final class MediaCompiler {
    private final Map<String, GroupCriterion.Group> groups;

    MediaCompiler(Map<String, GroupCriterion.Group> groups) {
        this.groups = groups;
    }

    List<Clause> compile(MediaCondition condition) {
        List<Clause> clauses = new ArrayList<>();
        if (condition.getClassesCount() > 0) {
            clauses.add(clause("classes", known(condition.getClassesList()), MediaSubject::getMediaClass));
        }
        hex("vendor-ids", condition.getVendorIdsList(), MediaSubject::getVendorId, clauses);
        hex("product-ids", condition.getProductIdsList(), MediaSubject::getProductId, clauses);
        patterns("serials", condition.getSerialsList(), MediaSubject::getSerial, clauses);
        patterns("instances", condition.getInstancesList(), MediaSubject::getInstance, clauses);
        hex("device-hashes", condition.getDeviceHashesList(), MediaSubject::getDeviceHash, clauses);
        interfaces(condition, clauses);
        if (condition.getDeviceGroupsCount() > 0) {
            List<GroupCriterion.Group> named = new ArrayList<>();
            for (String name : condition.getDeviceGroupsList()) {
                GroupCriterion.Group group = groups.get(name);
                if (group != null) {
                    named.add(group);
                }
            }
            clauses.add(new Clause(
                    "media.device-groups", named.isEmpty() ? new Criterion.Never() : new GroupCriterion(named)));
        }
        if (condition.getEncryption() != Encryption.ENCRYPTION_UNSPECIFIED) {
            clauses.add(clause("encryption", known(List.of(condition.getEncryption())), MediaSubject::getEncryption));
        }
        if (condition.getRegistration() != Registration.REGISTRATION_UNSPECIFIED) {
            clauses.add(
                    clause("registration", known(List.of(condition.getRegistration())), MediaSubject::getRegistration));
        }
        return List.copyOf(clauses);
    }

    private static void interfaces(MediaCondition condition, List<Clause> clauses) {
        if (condition.getInterfacesCount() == 0) {
            return;
        }
        List<InterfaceCriterion.Triple> wanted = new ArrayList<>();
        for (String text : condition.getInterfacesList()) {
            InterfaceCriterion.Triple triple = InterfaceCriterion.Triple.parse(text);
            if (triple != null) {
                wanted.add(triple);
            }
        }
        SetMatch match = condition.getInterfaceMatch() == SetMatch.SET_MATCH_UNSPECIFIED
                ? SetMatch.ANY_OF
                : condition.getInterfaceMatch();
        // ALL_OF and EXACTLY cannot be met when one of the wanted can never be there.
        boolean meaningless = match == SetMatch.UNRECOGNIZED
                || wanted.isEmpty()
                || (match != SetMatch.ANY_OF && wanted.size() < condition.getInterfacesCount());
        clauses.add(new Clause(
                "media.interfaces", meaningless ? new Criterion.Never() : new InterfaceCriterion(wanted, match)));
    }

    private static void hex(
            String key, List<String> values, Function<MediaSubject, String> value, List<Clause> clauses) {
        if (!values.isEmpty()) {
            clauses.add(clause(key, stated(values), subject -> CaseFold.fold(value.apply(subject))));
        }
    }

    private static void patterns(
            String key, List<String> patterns, Function<MediaSubject, String> text, List<Clause> clauses) {
        if (!patterns.isEmpty()) {
            List<Glob> globs = patterns.stream().map(Glob::ofText).toList();
            clauses.add(new Clause(
                    "media." + key,
                    new Criterion.Patterns(
                            globs, c -> List.of(text.apply(c.attempt().getMedia())), true, false)));
        }
    }

    private static Clause clause(String key, Set<?> values, Function<MediaSubject, ?> value) {
        return new Clause(
                "media." + key,
                RuleCompiler.oneOf(values, c -> value.apply(c.attempt().getMedia())));
    }

    /** What is not known matches nothing, also where nothing is stated as a value. */
    static Set<String> stated(List<String> values) {
        Set<String> stated = new HashSet<>(values);
        stated.remove("");
        return stated;
    }

    /** Without the unset value and those of a newer version. */
    static <E extends Enum<E> & ProtocolMessageEnum> Set<E> known(List<E> values) {
        Set<E> known = new HashSet<>();
        for (E value : values) {
            if (!value.name().equals("UNRECOGNIZED") && value.getNumber() != 0) {
                known.add(value);
            }
        }
        return known;
    }
}
