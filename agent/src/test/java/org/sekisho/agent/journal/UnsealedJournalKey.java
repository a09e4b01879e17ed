package org.sekisho.agent.journal;

/** Seals nothing: what a journal without encryption would leave on the disk. */
final class UnsealedJournalKey implements JournalKey {
    @Override
    public BodySeal seal(byte[] salt) {
        return new BodySeal() {
            @Override
            public byte[] seal(byte[] nonce, byte[] associated, byte[] clear) {
                return clear;
            }

            @Override
            public byte[] open(byte[] nonce, byte[] associated, byte[] sealed) {
                return sealed;
            }
        };
    }

    @Override
    public byte[] authenticate(byte[] message) {
        return Fixtures.KEY.authenticate(message);
    }
}
