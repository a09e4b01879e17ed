/**
 * The installation's own keys: its certificate authority, the server's certificate, the policy key. Promises that every
 * private key lies in a file that only the server's account can read, and that this was read back, and that nothing
 * here ever prints a key.
 */
@NullMarked
package org.sekisho.control.pki;

import org.jspecify.annotations.NullMarked;
