package org.sekisho.agent.channel.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Registration;

/** The table of rules: {@code rule-table.txt}, from a device's bytes to the verdict on each of its classes. */
class RuleTableTest {
    private final Map<String, PolicyDecider> policies = new HashMap<>();
    private final Map<String, byte[]> devices = new HashMap<>();

    @Test
    void everyLineHolds() throws Exception {
        UsbDescriptorsTest.corpus().forEach(sample -> devices.put(sample.name(), sample.bytes()));
        List<String> wrong = new ArrayList<>();
        List<String> lines = UsbDescriptorsTest.lines("rule-table.txt");
        for (String line : lines) {
            String[] cells = line.split("\\|", -1);
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i].strip();
            }
            String now = verdicts(cells);
            if (!now.equals(cells[7])) {
                wrong.add(line + "   NOW " + now);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThan(300);
    }

    private String verdicts(String[] cells) throws Exception {
        PolicyDecider decider = policies.get(cells[0]);
        if (decider == null) {
            decider = PolicyDecider.of(policy(cells[0]));
            policies.put(cells[0], decider);
        }
        UsbDescriptors descriptors = UsbDescriptors.parse(Objects.requireNonNull(devices.get(cells[1]), cells[1]));
        RemovableDevice device = new RemovableDevice(
                cells[3],
                "p",
                "%04x".formatted(descriptors.vendorId()),
                "%04x".formatted(descriptors.productId()),
                cells[2],
                "",
                "",
                UsbClasses.functions(descriptors, ""),
                "");
        List<String> verdicts = new ArrayList<>();
        for (MediaClass type : device.classes()) {
            Attempt attempt = Attempt.newBuilder()
                    .setChannel(Channel.MEDIA)
                    .setMedia(device.subject(type)
                            .setEncryption(cells[4].equals("yes") ? Encryption.ENCRYPTED : Encryption.NOT_ENCRYPTED)
                            .setRegistration(
                                    cells[5].equals("yes") ? Registration.REGISTERED : Registration.NOT_REGISTERED))
                    .build();
            Circumstances who = Circumstances.newBuilder()
                    .setTerminal("t")
                    .setUser(cells[6])
                    .setLogin(LoginState.PASSWORD)
                    .build();
            verdicts.add(type + " "
                    + decider.decide(Permits.NONE, who, attempt)
                            .getVerdict()
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'));
        }
        return String.join(", ", verdicts);
    }

    private static org.sekisho.v1.Policy policy(String name) throws IOException, PolicySyntaxException {
        String file = "table/" + name.replace(' ', '-') + ".yaml";
        try (InputStream in = Objects.requireNonNull(RuleTableTest.class.getResourceAsStream(file), file)) {
            return PolicyDocument.parse(new String(in.readAllBytes(), UTF_8)).policy();
        }
    }
}
