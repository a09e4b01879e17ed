/**
 * What all REST resources share: pages with cursors, RFC 9457 problems for every error, bilingual texts. Knows no
 * feature.
 */
@NullMarked
package org.sekisho.control.rest;

import org.jspecify.annotations.NullMarked;
