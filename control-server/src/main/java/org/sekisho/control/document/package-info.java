/**
 * Documents for people to read, print and file: headings, facts and tables in PDF, in Japanese or English, with the font
 * embedded so that they look the same everywhere.
 *
 * <p>The font is a TrueType one on the server's machine: {@code sekisho.document.font}, or the first found of those that Debian's
 * {@code fonts-ipafont-gothic}, {@code fonts-ipaexfont-gothic} and {@code fonts-vlgothic} install. Fonts with PostScript outlines
 * (Noto CJK's {@code .ttc}) can't be embedded. Without a font, what needs one answers 503 and says what to install.
 */
@NullMarked
package org.sekisho.control.document;

import org.jspecify.annotations.NullMarked;
