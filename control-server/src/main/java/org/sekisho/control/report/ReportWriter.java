package org.sekisho.control.report;

/** Finds out what one kind of report says. Thread-safe. */
interface ReportWriter {
    ReportKind kind();

    /** Takes its time; tells of each step, and ends with what {@link Progress} throws. */
    ReportContent write(ReportOrder order, Progress progress);

    /** Who waits for it. */
    interface Progress {
        /**
         * So many steps of so many are done.
         *
         * @throws CancelledException if nobody wants it any more
         */
        void step(int done, int total);
    }

    /** An operator has cancelled it. */
    final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
