package org.sekisho.agent.channel.clipboard.x11;

import java.io.IOException;
import org.sekisho.agent.channel.ChannelException;

/** Owns a display's clipboard as a program of its own, and lives on when it is relieved, until its standard input ends. */
public final class ScriptedOwnerMain {
    private ScriptedOwnerMain() {}

    /** The display, and the text to offer. */
    public static void main(String[] arguments) throws ChannelException, IOException {
        try (ScriptedOwner owner = new ScriptedOwner(arguments[0])) {
            owner.text(arguments[1]).own("CLIPBOARD");
            System.in.read();
        }
    }
}
