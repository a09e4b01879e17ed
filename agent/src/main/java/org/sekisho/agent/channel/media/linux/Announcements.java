package org.sekisho.agent.channel.media.linux;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the kernel has said about devices so far, for who waits for it to go on. Thread-safe. */
class Announcements {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition another = lock.newCondition();
    private long count;

    /** The kernel has said something. */
    void heard() {
        lock.lock();
        try {
            count++;
            another.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more has been said than {@code seen}.
     *
     * @return what is left of {@code nanos}; none if nothing was said in that time
     */
    long await(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (count == seen && left > 0) {
                left = another.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }
}
