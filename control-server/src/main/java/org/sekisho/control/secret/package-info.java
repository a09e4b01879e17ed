/** Secrets that the server must know in clear, kept in the database under a key that isn't there. */
@NullMarked
package org.sekisho.control.secret;

import org.jspecify.annotations.NullMarked;
