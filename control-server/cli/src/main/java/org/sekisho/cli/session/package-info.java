/** Signing in and out. */
@NullMarked
package org.sekisho.cli.session;

import org.jspecify.annotations.NullMarked;
