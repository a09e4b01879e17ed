/**
 * What the server's tests share: a server as it is really booted, an operator's REST client, and a terminal that speaks
 * the wire.
 */
@NullMarked
package org.sekisho.control.testing;

import org.jspecify.annotations.NullMarked;
