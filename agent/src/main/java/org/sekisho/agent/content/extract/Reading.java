package org.sekisho.agent.content.extract;

/** How much of a content was read. */
public enum Reading {
    /** All of it. */
    WHOLE,
    /** Not all: it is damaged, locked, of an unknown kind, or the process that reads it failed on it. */
    UNREADABLE,
    /** Not all: it is larger, or holds more text, than is inspected. */
    TOO_LARGE,
    /** Not all: this platform can't take documents apart. */
    UNSUPPORTED
}
