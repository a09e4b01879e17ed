package org.sekisho.control.terminal.link;

import org.sekisho.v1.ServerMessage;

/** A published revision as it is sent: built once, shared by all streams. */
record PushedPolicy(long revision, ServerMessage message) {}
