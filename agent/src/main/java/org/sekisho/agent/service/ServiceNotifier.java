package org.sekisho.agent.service;

import java.time.Duration;
import java.util.Optional;

/** Tells the operating system's service control how the service stands. Thread-safe; never throws. */
public interface ServiceNotifier extends AutoCloseable {

    /** The service is up. */
    void ready();

    /** A line for people. */
    void status(String text);

    /** A sign of life; due at least every {@link #watchdog}. */
    void alive();

    /** The service is about to end. */
    void stopping();

    /** How often signs of life are due; empty: none are wanted. */
    Optional<Duration> watchdog();

    @Override
    void close();

    /** For a service that nobody controls, such as one started by hand. */
    static ServiceNotifier none() {
        return new ServiceNotifier() {
            @Override
            public void ready() {}

            @Override
            public void status(String text) {}

            @Override
            public void alive() {}

            @Override
            public void stopping() {}

            @Override
            public Optional<Duration> watchdog() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
