/**
 * Periodic reports from measured facts: made in the background, stored as they were, and shown as page, PDF and CSV in
 * Japanese and English. No other feature knows this one.
 */
@NullMarked
package org.sekisho.control.report;

import org.jspecify.annotations.NullMarked;
