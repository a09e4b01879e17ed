package org.sekisho.control.rest;

/**
 * Who follows a {@link LiveFeed}. Asked from any thread.
 *
 * @param <T> what is sent
 */
public interface FeedReader<T> {
    /** Whether this item is for them; others are passed over. */
    boolean sees(T item);

    /** Whether they may go on following; once not, the stream ends. May ask the database. */
    boolean stays();

    /** Whose stream it is. */
    String owner();
}
