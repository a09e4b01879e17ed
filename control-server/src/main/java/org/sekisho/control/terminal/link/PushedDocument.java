package org.sekisho.control.terminal.link;

import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.ServerMessage;

/** A signed document as it is sent: built once, shared by all streams that get it. */
record PushedDocument(DocumentKind kind, long revision, ServerMessage message) {}
