/**
 * The database as all features use it: one Jdbi, conversions of times, and notifications between replicas. Knows no
 * feature.
 */
@NullMarked
package org.sekisho.control.store;

import org.jspecify.annotations.NullMarked;
