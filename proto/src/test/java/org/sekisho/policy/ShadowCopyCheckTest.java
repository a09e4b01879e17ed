package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowCopyCheckTest {
    private static final String KEY = "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08";
    private static final String OTHER_KEY = "hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo";
    private static final String TWO =
            "{operator: sato, key: %s}, {operator: suzuki, key: %s}".formatted(KEY, OTHER_KEY);
    private static final String RULE =
            "{id: a, channel: media, verdict: block, content: [{label: my_number}], shadow-copy: true}";

    @Test
    void twoCustodiansAndARuleForContentAreAccepted() throws PolicySyntaxException {
        assertThat(check(RULE, "shadow-copies: {custodians: [" + TWO + "]}")).isEmpty();
        assertThat(check("", "shadow-copies: {custodians: [" + TWO + "], most-bytes: 256MiB}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{operator: sato, key: KEY} | custodians-not-two shadow-copies.custodians",
                "{operator: sato, key: KEY}, {operator: Sato, key: OTHER} | custodians-not-two shadow-copies.custodians",
                "{operator: sato, key: KEY}, {operator: suzuki, key: KEY} | custodians-not-two shadow-copies.custodians",
                "{operator: sato, key: KEY}, {operator: suzuki, key: x} | bad-custodian-key shadow-copies.custodians[1].key",
            })
    void custodiansOfWhomOneCouldReadAlone(String custodians, String finding) throws PolicySyntaxException {
        String named = custodians.replace("OTHER", OTHER_KEY).replace("KEY", KEY);
        assertThat(check(RULE, "shadow-copies: {custodians: [" + named + "]}")).containsExactly(finding);
    }

    @Test
    void rulesThatCanHaveNone() throws PolicySyntaxException {
        String custodians = "shadow-copies: {custodians: [" + TWO + "]}";
        assertThat(check(RULE, "")).containsExactly("no-custodians rules[0].shadow-copy");
        assertThat(check("{id: a, channel: media, verdict: audit, shadow-copy: true}", custodians))
                .containsExactly("shadow-copy-not-of-content rules[0].shadow-copy");
        assertThat(check(RULE.replace("channel: media", "channel: print"), custodians))
                .containsExactly("shadow-copy-not-of-content rules[0].shadow-copy");
        assertThat(check(RULE, custodians.replace("]}", "], most-bytes: 257MiB}")))
                .containsExactly("shadow-copy-too-large shadow-copies.most-bytes");
    }

    @Test
    void whoCouldReadThemNeedsASecondAdministrator() throws PolicySyntaxException {
        String custodians = "shadow-copies: {custodians: [" + TWO + "]}";
        assertThat(changes(RULE, custodians, RULE, custodians.replace("suzuki", "tanaka")))
                .containsExactly("POLICY_CHANGED shadow-copies LOOSENS READERS");
        assertThat(changes("", "", "", custodians)).containsExactly("POLICY_CHANGED shadow-copies LOOSENS READERS");
        String without = RULE.replace(", shadow-copy: true", "");
        assertThat(changes(RULE, custodians, without, custodians))
                .containsExactly("RULE_CHANGED shadow-copy LOOSENS WEAKER");
        assertThat(changes(without, custodians, RULE, custodians))
                .containsExactly("RULE_CHANGED shadow-copy NEUTRAL SAME");
    }

    private static List<String> changes(String before, String custodians, String after, String otherCustodians)
            throws PolicySyntaxException {
        return PolicyDiff.between(
                        parsed(before, custodians).policy(),
                        parsed(after, otherCustodians).policy())
                .stream()
                .map(change -> change.kind() + " " + change.field() + " " + change.direction() + " " + change.why())
                .toList();
    }

    private static List<String> check(String rule, String custodians) throws PolicySyntaxException {
        return PolicyCheck.check(parsed(rule, custodians), Instant.EPOCH).stream()
                .filter(finding -> finding.level() == FindingLevel.ERROR)
                .map(finding -> finding.code().id() + " " + finding.path())
                .toList();
    }

    private static ParsedPolicy parsed(String rule, String custodians) throws PolicySyntaxException {
        return PolicyDocument.parse("""
                segment: lgwan
                name: t
                defaults: [{channel: media, verdict: audit}]
                rules: [%s]
                %s
                """.formatted(rule, custodians));
    }
}
