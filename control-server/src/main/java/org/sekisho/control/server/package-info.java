/** What the server says about itself. */
@NullMarked
package org.sekisho.control.server;

import org.jspecify.annotations.NullMarked;
