/**
 * Passkeys (W3C Web Authentication): registering them and signing in by them, with challenges that any replica can take the
 * answer to, once. Knows operators by their ids only.
 */
@NullMarked
package org.sekisho.control.passkey;

import org.jspecify.annotations.NullMarked;
