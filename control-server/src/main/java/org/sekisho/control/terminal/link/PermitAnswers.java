package org.sekisho.control.terminal.link;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.sekisho.control.media.MediaRegisters;
import org.sekisho.control.permit.PermitBooks;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;
import org.sekisho.v1.PermitAck;

/** Keeps what terminals make of their permits and of the media register. A refusal is an incident by its event. */
@Singleton
class PermitAnswers {
    private final PermitBooks books;
    private final MediaRegisters registers;

    @Inject
    PermitAnswers(PermitBooks books, MediaRegisters registers) {
        this.books = books;
        this.registers = registers;
    }

    void heard(KnownTerminal terminal, PermitAck ack) {
        switch (ack.getDocument()) {
            case PERMIT_BOOK -> books.answered(terminal.id(), ack);
            case MEDIA_REGISTER -> registers.answered(terminal.id(), terminal.segment(), ack);
            case DOCUMENT_KIND_UNSPECIFIED, UNRECOGNIZED -> {
                // A newer agent's: it knows from Welcome that this server is older.
            }
        }
    }
}
