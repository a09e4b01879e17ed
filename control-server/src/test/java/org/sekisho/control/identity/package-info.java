/** Holds the server to what it promises about operators, over real HTTPS and a real database. */
@NullMarked
package org.sekisho.control.identity;

import org.jspecify.annotations.NullMarked;
