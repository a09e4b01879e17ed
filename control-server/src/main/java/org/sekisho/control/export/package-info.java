/**
 * Sends events to others as they come in: syslog (RFC 5424) over TLS (RFC 5425), as text, CEF or OCSF, and webhooks. Promises
 * at-least-once: a bookmark in the database moves only when the receiver has taken a batch, so that after any failure at most
 * one batch comes twice. It reads what ingest has committed and never makes ingest wait; one replica at a time serves a
 * destination.
 */
@NullMarked
package org.sekisho.control.export;

import org.jspecify.annotations.NullMarked;
