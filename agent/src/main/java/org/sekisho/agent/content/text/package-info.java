/**
 * Reads text out of bytes: encodings that are told or guessed, HTML and RTF. Everything becomes UTF-8, in pieces and in
 * bounded memory; what can't be read is passed over, never a reason to stop, and ASCII digits are kept whatever happens.
 */
@NullMarked
package org.sekisho.agent.content.text;

import org.jspecify.annotations.NullMarked;
