package org.sekisho.packaging.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Text such as a municipality's file server holds: minutes, notices, tables, mail; the same for the same seed. Twelve-digit
 * numbers stand in one line of a hundred, one in three of those a valid individual number; other digits are in one line of
 * three, as dates, amounts, telephone numbers and codes.
 */
final class OfficeText {
    private static final String PROSE = "本市の情報資産を取り巻く脅威として次のとおり想定し、情報セキュリティ対策を実施する。"
            + "職員は、業務の遂行に当たって関係法令及び実施手順を遵守しなければならない。住民の皆様から提出された申請書類は、"
            + "受付後すみやかに内容を確認し、不備がある場合は担当者から連絡する。会議の議事録は総務課が保管し、必要に応じて関係部署に配付する。";
    private static final String ENGLISH =
            "Minutes of the meeting: the committee reviewed the budget, the schedule and the remaining open questions.";
    private static final int[] WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

    private final Random random;

    OfficeText(long seed) {
        random = new Random(seed);
    }

    /** Writes lines until the file has at least so many bytes. */
    void write(Path file, Charset charset, long bytes) throws IOException {
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (written < bytes) {
                byte[] line = line().getBytes(charset);
                out.write(line);
                written += line.length;
            }
        }
    }

    private String line() {
        int kind = random.nextInt(300);
        if (kind < 3) {
            return numberLine(kind);
        }
        if (kind < 100) {
            return digitsLine(kind);
        }
        if (kind < 130) {
            return ENGLISH + "\n";
        }
        int from = random.nextInt(60);
        return PROSE.substring(from, from + 20 + random.nextInt(PROSE.length() - from - 20)) + "\n";
    }

    private String numberLine(int kind) {
        String number = kind == 0 ? valid() : "%012d".formatted(random.nextLong(1_000_000_000_000L));
        return switch (random.nextInt(4)) {
            case 0 -> "個人番号：" + number + "（確認済）\n";
            case 1 ->
                "山田花子様、" + number.substring(0, 4) + "-" + number.substring(4, 8) + "-" + number.substring(8) + "、長岡市\n";
            case 2 -> "整理番号は" + fullWidth(number) + "です。\n";
            default -> "伝票" + number + "号\n";
        };
    }

    private String digitsLine(int kind) {
        return switch (kind % 5) {
            case 0 ->
                "令和%d年%d月%d日（%d時から）第%d会議室にて開催\n"
                        .formatted(
                                random.nextInt(9),
                                1 + random.nextInt(12),
                                1 + random.nextInt(28),
                                random.nextInt(24),
                                random.nextInt(9));
            case 1 ->
                "予算額 %,d円、執行額 %,d円、残額は翌年度に繰り越す。\n".formatted(random.nextInt(100_000_000), random.nextInt(100_000_000));
            case 2 -> "問い合わせ先 総務課（電話 0258-%02d-%04d）まで\n".formatted(random.nextInt(100), random.nextInt(10_000));
            case 3 ->
                "第%d条第%d項の規定により、別表第%dのとおりとする。\n".formatted(random.nextInt(99), random.nextInt(9), random.nextInt(9));
            default ->
                "コード%05d、品名 複写用紙、数量%d、単価%d円\n"
                        .formatted(random.nextInt(100_000), random.nextInt(500), random.nextInt(5000));
        };
    }

    private String valid() {
        StringBuilder number = new StringBuilder();
        int sum = 0;
        for (int weight : WEIGHTS) {
            int digit = random.nextInt(10);
            number.append(digit);
            sum += digit * weight;
        }
        return number.append(sum % 11 <= 1 ? 0 : 11 - sum % 11).toString();
    }

    private static String fullWidth(String digits) {
        StringBuilder wide = new StringBuilder();
        digits.chars().forEach(c -> wide.append((char) (c - '0' + '０')));
        return wide.toString();
    }
}
