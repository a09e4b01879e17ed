/**
 * What a policy means: reading it, checking it, comparing two of them, signing one, and deciding by one.
 *
 * <p>Everything here is pure: no clock, no I/O, no operating system. The agent decides with it, and the server simulates
 * with the very same code.
 */
@NullMarked
package org.sekisho.policy;

import org.jspecify.annotations.NullMarked;
