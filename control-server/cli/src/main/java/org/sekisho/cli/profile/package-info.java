/** Which server, which trust anchor and which token; a token is never sent to any other server than the one it was stored for. */
@NullMarked
package org.sekisho.cli.profile;

import org.jspecify.annotations.NullMarked;
