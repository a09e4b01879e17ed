/**
 * The terminal's journal: what was recorded is on disk before anyone is told so, can't be changed or cut without being
 * noticed, can't be read without the terminal's key, and never takes more room than it was given.
 *
 * <p>{@link org.sekisho.agent.journal.Journal} is the way in. Three rules hold everywhere:
 *
 * <ol>
 *   <li>The store is committed first, the head file second: the floor in the head file is never above the store.
 *   <li>Only events at or below the floor are handed to the uplink. So no event that left the terminal can ever be followed
 *       by another one with its number, whatever happens to the store.
 *   <li>What must be kept never needs room that the disk has yet to grant: pages, write-ahead log and head file are
 *       allocated beforehand.
 * </ol>
 */
@NullMarked
package org.sekisho.agent.journal;

import org.jspecify.annotations.NullMarked;
