/**
 * Shadow copies: keeps what terminals sealed, and passes on what two custodians give each other to open one.
 *
 * <p>Promises: a copy is kept whole, as its terminal sent it, or not at all; one terminal's copies are no other's; nobody is
 * given a copy but a custodian whom another custodian has approved, and every step of it is in the audit log; a copy that has
 * been kept for as long as it may be is gone. The server holds no custodian's key and no content's: whoever takes the whole
 * database reads none of it.
 *
 * <p>Limits: that a seal was really taken off, only the reader's own program finds out. A terminal that lies can send sealed
 * nonsense, which takes room until it expires. What is deleted may stay in the database's backups.
 */
@NullMarked
package org.sekisho.control.shadow;

import org.jspecify.annotations.NullMarked;
