@NullMarked
package org.sekisho.control.rest;

import org.jspecify.annotations.NullMarked;
