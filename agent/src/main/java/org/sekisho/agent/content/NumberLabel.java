package org.sekisho.agent.content;

/** The numbers that are detected; {@link #wireName()} is what policies and events call them. */
public enum NumberLabel {
    /** 個人番号, twelve digits. */
    MY_NUMBER("my_number"),
    /** 法人番号, thirteen digits; public, so not personal. */
    CORPORATE_NUMBER("corporate_number"),
    /** 運転免許証番号, twelve digits. */
    DRIVERS_LICENSE("drivers_license"),
    /** 住民票コード, eleven digits; told by a keyword. */
    RESIDENT_CODE("resident_code"),
    /** 基礎年金番号, four and six digits; told by a keyword. */
    PENSION_NUMBER("pension_number");

    private final String wireName;

    NumberLabel(String wireName) {
        this.wireName = wireName;
    }

    /** Name of the label in {@code policy.proto} ({@code ContentCondition.label}). */
    public String wireName() {
        return wireName;
    }
}
