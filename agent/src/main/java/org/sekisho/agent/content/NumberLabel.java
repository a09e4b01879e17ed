package org.sekisho.agent.content;

/** The numbers that are detected; {@link #wireName()} is what policies and events call them. */
public enum NumberLabel {
    /** 個人番号, twelve digits. */
    MY_NUMBER("my_number", 0),
    /** 法人番号, thirteen digits; public, so not personal. */
    CORPORATE_NUMBER("corporate_number", 1),
    /** 運転免許証番号, twelve digits. */
    DRIVERS_LICENSE("drivers_license", 2),
    /** 住民票コード, eleven digits; told by a keyword. */
    RESIDENT_CODE("resident_code", 3),
    /** 基礎年金番号, four and six digits; told by a keyword. */
    PENSION_NUMBER("pension_number", 4);

    private final String wireName;
    private final int index;

    NumberLabel(String wireName, int index) {
        this.wireName = wireName;
        this.index = index;
    }

    /** Name of the label in {@code policy.proto} ({@code ContentCondition.label}). */
    public String wireName() {
        return wireName;
    }

    /** Position in arrays by label, from 0 without gaps. */
    int index() {
        return index;
    }

    /** This label in a set of bits. */
    int bit() {
        return 1 << index;
    }
}
