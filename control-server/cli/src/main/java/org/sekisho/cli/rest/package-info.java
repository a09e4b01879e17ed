/** Talks to the server's REST interface over TLS that trusts one pinned authority only; everything that is read is bounded. */
@NullMarked
package org.sekisho.cli.rest;

import org.jspecify.annotations.NullMarked;
