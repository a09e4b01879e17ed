package org.sekisho.agent.content;

import java.time.YearMonth;

/** The check digits of the numbers, each over an array of digit values 0 to 9. */
final class CheckDigits {
    // 番号法施行規則 (ministerial order on the individual number), article 5: weights of the first eleven digits.
    private static final int[] MY_NUMBER_WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    private static final int[] LICENSE_WEIGHTS = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

    private CheckDigits() {}

    /** 個人番号: the twelfth digit is right, and not all are zero. */
    static boolean myNumber(byte[] digits) {
        int sum = 0;
        int any = 0;
        for (int i = 0; i < MY_NUMBER_WEIGHTS.length; i++) {
            sum += digits[i] * MY_NUMBER_WEIGHTS[i];
            any |= digits[i];
        }
        int rest = sum % 11;
        int check = rest <= 1 ? 0 : 11 - rest;
        return digits[11] == check && (any | digits[11]) != 0;
    }

    /** 法人番号: the first of the thirteen digits is right; it is never zero. */
    static boolean corporateNumber(byte[] digits) {
        int sum = 0;
        for (int i = 1; i <= 12; i++) {
            // Position counted from the right, starting with 1: even ones weigh double.
            sum += digits[i] * ((13 - i) % 2 == 0 ? 2 : 1);
        }
        return digits[0] == 9 - sum % 9;
    }

    /** 運転免許証番号: the eleventh digit is right; the twelfth counts reissues. All zero is no number. */
    static boolean driversLicense(byte[] digits) {
        int sum = 0;
        int any = 0;
        for (int i = 0; i < LICENSE_WEIGHTS.length; i++) {
            sum += digits[i] * LICENSE_WEIGHTS[i];
            any |= digits[i];
        }
        return any != 0 && digits[10] == (11 - sum % 11) % 10;
    }

    /** Payment cards (ISO/IEC 7812-1, annex B): what sixteen digits in groups of four usually are. */
    static boolean luhn(byte[] digits, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int digit = digits[length - 1 - i];
            int weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    /** {@code yyyyMMddHHmm} of the years 1900 to 2099. */
    static boolean timestamp(byte[] digits) {
        int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
        int month = digits[4] * 10 + digits[5];
        int day = digits[6] * 10 + digits[7];
        int hour = digits[8] * 10 + digits[9];
        int minute = digits[10] * 10 + digits[11];
        return year >= 1900
                && year <= 2099
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && hour <= 24
                && minute <= 59;
    }
}
