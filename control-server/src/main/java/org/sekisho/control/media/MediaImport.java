package org.sekisho.control.media;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.media.MediaCsv.Row;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.LocalText;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.policy.Devices;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Segment;

/** Reads media from a table: all that is wrong with it is found, with its line. One table, one thread. */
final class MediaImport {
    /** In the order in which they are written. */
    static final List<String> COLUMNS = List.of(
            "segment",
            "name",
            "device_hash",
            "vendor_id",
            "product_id",
            "serial",
            "media_class",
            "owner",
            "note",
            "expires_on");

    /** What an exported table has besides; not taken in again. */
    static final List<String> TOLD_ONLY = List.of("state", "registered_by", "seen_at", "seen_terminal", "seen_user");

    /** A table of mistakes needs no more to be put right. */
    private static final int MAX_FINDINGS = 100;

    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

    private final Reach reach;
    private final Instant now;
    private final List<MediumDraft> drafts = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Map.Entry<Segment, DeviceIdentity>> seen = new HashSet<>();

    /** @param reach whose media may be registered */
    MediaImport(Reach reach, Instant now) {
        this.reach = reach;
        this.now = now;
    }

    /** Reads the table; its first line names the columns. */
    void read(List<Row> rows) {
        if (rows.isEmpty()) {
            add(1, "empty", "表に行がありません。", "The table has no lines.");
            return;
        }
        Map<String, Integer> columns = columns(rows.getFirst());
        if (findings.isEmpty()) {
            rows.subList(1, rows.size()).forEach(row -> read(row, columns));
            if (rows.size() == 1) {
                add(1, "empty", "媒体の行がありません。", "The table has no media.");
            }
        }
    }

    List<MediumDraft> drafts() {
        return drafts;
    }

    /** The line of each draft. */
    List<Integer> lines() {
        return lines;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Says of a line that its device is registered already. */
    void taken(int line) {
        add(line, "already-registered", "この媒体はすでに登録されています。", "This medium is registered already.");
    }

    private Map<String, Integer> columns(Row header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.cells().size(); i++) {
            String name = header.cells().get(i).toLowerCase(Locale.ROOT);
            if (!(COLUMNS.contains(name) || TOLD_ONLY.contains(name)) || columns.put(name, i) != null) {
                add(
                        header.line(),
                        "unknown-column",
                        "「%s」という列は使えないか、重複しています。使える列：%s".formatted(name, String.join(", ", COLUMNS)),
                        "Column \"%s\" is not known, or comes twice; there are %s"
                                .formatted(name, String.join(", ", COLUMNS)));
            }
        }
        for (String required : List.of("segment", "name")) {
            if (!columns.containsKey(required)) {
                add(
                        header.line(),
                        "missing-column",
                        "「%s」の列がありません。".formatted(required),
                        "Column \"%s\" is missing.".formatted(required));
            }
        }
        return columns;
    }

    private void read(Row row, Map<String, Integer> columns) {
        int before = findings.size();
        Map<String, String> cells = new HashMap<>();
        columns.forEach((name, place) ->
                cells.put(name, place < row.cells().size() ? row.cells().get(place) : ""));
        Segment segment = choice(Segment.class, cells.get("segment"));
        if (segment == null || segment == Segment.SEGMENT_UNSPECIFIED || segment == Segment.UNRECOGNIZED) {
            add(
                    row.line(),
                    "segment",
                    "系は MY_NUMBER、LGWAN、INTERNET のいずれかです。",
                    "A segment is MY_NUMBER, LGWAN or INTERNET.");
        }
        String name = cells.getOrDefault("name", "");
        if (name.isEmpty() || name.length() > 200 || name.indexOf('\0') >= 0) {
            add(row.line(), "name", "名称は 1〜200 文字です。", "A name has 1 to 200 characters.");
        }
        DeviceIdentity device = DeviceIdentity.newBuilder()
                .setDeviceHash(hex(cells, "device_hash"))
                .setVendorId(hex(cells, "vendor_id"))
                .setProductId(hex(cells, "product_id"))
                .setSerial(cells.getOrDefault("serial", ""))
                .build();
        if (!Devices.isWhole(device) || device.getSerial().indexOf('\0') >= 0) {
            add(
                    row.line(),
                    "device",
                    "装置を特定できません。device_hash（16進64桁）、または vendor_id・product_id（16進4桁）と serial のすべてが必要です。",
                    "No device is named: give device_hash (64 hex digits), or vendor_id and product_id (4 hex digits) and serial.");
        } else if (segment != null && !seen.add(Map.entry(segment, device))) {
            add(row.line(), "twice", "同じ媒体が表に二度あります。", "The same medium is in the table twice.");
        }
        if (!List.of("", "IN_USE").contains(cells.getOrDefault("state", ""))) {
            add(row.line(), "state", "使用中（IN_USE）の媒体だけを登録できます。", "Only media that are IN_USE can be registered.");
        }
        MediaClass type = mediaClass(row, cells.getOrDefault("media_class", ""));
        String owner = owner(row, cells.getOrDefault("owner", ""));
        String note = cells.getOrDefault("note", "");
        if (note.length() > 1_000 || note.indexOf('\0') >= 0) {
            add(row.line(), "note", "備考は 1000 文字までです。", "A note has at most 1,000 characters.");
        }
        Instant expires = expires(row, cells.getOrDefault("expires_on", ""));
        if (findings.size() == before && segment != null && type != null) {
            drafts.add(new MediumDraft(segment, name, device, type, owner, note, expires));
            lines.add(row.line());
        }
    }

    private @Nullable MediaClass mediaClass(Row row, String text) {
        MediaClass type = text.isEmpty() ? MediaClass.MEDIA_CLASS_UNSPECIFIED : choice(MediaClass.class, text);
        if (type == null || type == MediaClass.UNRECOGNIZED) {
            add(
                    row.line(),
                    "media-class",
                    "媒体の種類が正しくありません（例：USB_STORAGE）。",
                    "There is no such media class (such as USB_STORAGE).");
        }
        return type;
    }

    private @Nullable String owner(Row row, String text) {
        if (text.isEmpty()) {
            if (!reach.isEverything()) {
                outside(row);
            }
            return null;
        }
        try {
            OrgUnit unit = OrgUnit.parse(text);
            if (!reach.covers(unit.path())) {
                outside(row);
            }
            return unit.path();
        } catch (ProblemException e) {
            add(row.line(), "owner", "所属は「総務部/税務課」のような形です。", "A division is a path such as 総務部/税務課.");
            return null;
        }
    }

    private void outside(Row row) {
        add(
                row.line(),
                "outside-branch",
                "自分の範囲にある所属を指定してください。",
                "Name a division in your own branch of the organisation.");
    }

    private @Nullable Instant expires(Row row, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant end = LocalDate.parse(text.replace('/', '-'))
                    .plusDays(1)
                    .atStartOfDay(ZONE)
                    .toInstant();
            if (end.isAfter(now)) {
                return end;
            }
        } catch (DateTimeException notADate) {
            // Told below, like a date that has passed.
        }
        add(
                row.line(),
                "expires-on",
                "有効期限は今日以降の日付です（例：2027-03-31）。",
                "The last day is a date such as 2027-03-31, not before today.");
        return null;
    }

    private static String hex(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "").toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> @Nullable E choice(Class<E> type, @Nullable String name) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return null;
    }

    /** The last day of a medium as it stands in a table. */
    static String lastDay(Instant expires) {
        return expires.minusMillis(1).atZone(ZONE).toLocalDate().toString();
    }

    private void add(int line, String code, String ja, String en) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(Finding.Severity.ERROR, code, null, null, line, null, new LocalText(ja, en)));
        }
    }
}
