/**
 * Enrolled terminals, their certificates and enrolment tokens. Promises that a token enrols no more often than it says,
 * and that a revoked terminal is cut off.
 */
@NullMarked
package org.sekisho.control.terminal;

import org.jspecify.annotations.NullMarked;
