package org.sekisho.packaging.rig;

/** What an X server tells a program. */
sealed interface XNotice {
    /** XFixes: {@code owner} has claimed {@code selection}; 0 is nobody. */
    record OwnerChanged(int owner, int selection) implements XNotice {}

    /** An event of the core protocol as its eight 32-bit words (X Window System Protocol, appendix B). */
    record Plain(int type, int[] words) implements XNotice {}
}
