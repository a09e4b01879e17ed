/**
 * Finds personal and corporate numbers in content of any size, in bounded memory, and masks them in short texts.
 *
 * <p>What leaves this package is a label, a grade, a count and keyed fingerprints; never a digit of a number, neither in a
 * return value, nor in an exception, nor in a log. Nothing here keeps state between two inspections, and an inspection
 * belongs to one thread.
 */
@NullMarked
package org.sekisho.agent.content;

import org.jspecify.annotations.NullMarked;
