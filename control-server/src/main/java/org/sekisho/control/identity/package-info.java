/**
 * Who operates the control server: operators, their tokens and console sessions, the first-run set-up link.
 *
 * <p>Secrets are 256 random bits and only their SHA-256 is stored. Nobody has a password, and no installation starts with
 * a known secret.
 */
@NullMarked
package org.sekisho.control.identity;

import org.jspecify.annotations.NullMarked;
