@NullMarked
package org.sekisho.control.incident.draft;

import org.jspecify.annotations.NullMarked;
