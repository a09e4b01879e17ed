/**
 * Everything that happens before Quarkus starts: options, the data folder, keys and certificates, the database.
 * Promises that the server either starts with all of them sound, or says what is wrong and doesn't start.
 */
@NullMarked
package org.sekisho.control.boot;

import org.jspecify.annotations.NullMarked;
