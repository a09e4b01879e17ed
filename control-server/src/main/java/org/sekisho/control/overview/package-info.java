/** What a head of division wants to know at a glance, and the counts that make it quick. No other feature knows this one. */
@NullMarked
package org.sekisho.control.overview;

import org.jspecify.annotations.NullMarked;
