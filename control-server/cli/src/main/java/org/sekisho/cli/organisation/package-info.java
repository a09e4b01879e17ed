/** {@code sekisho divisions} and {@code sekisho groups}: the organisation tree, and groups of terminals across it. */
@NullMarked
package org.sekisho.cli.organisation;

import org.jspecify.annotations.NullMarked;
