package org.sekisho.agent.content;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides what a candidate is, and counts it. */
final class CandidateJudge implements NumberCandidate.Receiver {
    /** A number that is spread over more bytes than this is none; also the longest that the window's history serves. */
    private static final int MAX_SPREAD = 4096;

    private final KeywordTracker keywords;
    private final Map<NumberLabel, LabelCount> counts = new EnumMap<>(NumberLabel.class);

    CandidateJudge(KeywordTracker keywords, Fingerprinter fingerprinter) {
        this.keywords = keywords;
        for (NumberLabel label : NumberLabel.values()) {
            counts.put(label, new LabelCount(label, fingerprinter));
        }
    }

    @Override
    public void candidate(NumberCandidate candidate) {
        if (candidate.end - candidate.start > MAX_SPREAD) {
            return;
        }
        switch (candidate.length) {
            case 10 -> byKeyword(NumberLabel.PENSION_NUMBER, candidate, isTelephone(candidate));
            case 11 -> byKeyword(NumberLabel.RESIDENT_CODE, candidate, isTelephone(candidate));
            case 12 -> {
                if (candidate.grouped || !CheckDigits.timestamp(candidate.digits)) {
                    byCheckDigit(NumberLabel.MY_NUMBER, candidate, CheckDigits.myNumber(candidate.digits));
                    byCheckDigit(NumberLabel.DRIVERS_LICENSE, candidate, CheckDigits.driversLicense(candidate.digits));
                }
            }
            case 13 ->
                byCheckDigit(NumberLabel.CORPORATE_NUMBER, candidate, CheckDigits.corporateNumber(candidate.digits));
            default -> {}
        }
    }

    /** Ends the stream. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        counts.values().forEach(count -> count.addTo(findings));
        return findings;
    }

    private void byKeyword(NumberLabel label, NumberCandidate candidate, boolean doubtful) {
        LabelCount counted = counted(label);
        if (!counted.isCounted(candidate) && hasKeyword(label, candidate)) {
            counted.counted(candidate);
            (doubtful ? counted.low : counted.high).add(number(candidate), candidate.length);
        }
    }

    private void byCheckDigit(NumberLabel label, NumberCandidate candidate, boolean valid) {
        LabelCount counted = counted(label);
        if (!valid) {
            if (candidate.plain && counted.isNewToList(candidate)) {
                counted.list.invalid();
            }
            return;
        }
        if (counted.isCounted(candidate)) {
            return;
        }
        long number = number(candidate);
        if (hasKeyword(label, candidate)) {
            counted.list.validElsewhere(number);
            counted.high.add(number, candidate.length);
            counted.counted(candidate);
        } else if (candidate.plain) {
            counted.list.valid(number, candidate.length);
            counted.counted(candidate);
        }
    }

    private LabelCount counted(NumberLabel label) {
        return Objects.requireNonNull(counts.get(label), "every label has a count");
    }

    private boolean hasKeyword(NumberLabel label, NumberCandidate candidate) {
        return (keywords.near(candidate.start, candidate.end) & label.bit()) != 0;
    }

    /** Begins like a Japanese telephone number; the real ones never do so by rule, but may. */
    private static boolean isTelephone(NumberCandidate candidate) {
        return candidate.digits[0] == 0 && !candidate.grouped;
    }

    private static long number(NumberCandidate candidate) {
        long number = 0;
        for (int i = 0; i < candidate.length; i++) {
            number = number * 10 + candidate.digits[i];
        }
        return number;
    }
}
