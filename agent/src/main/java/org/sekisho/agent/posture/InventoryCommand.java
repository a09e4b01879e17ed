package org.sekisho.agent.posture;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the {@link InventoryReader inventory} as protobuf, for {@link InventoryProcess}. */
@Command(
        name = InventoryCommand.NAME,
        hidden = true,
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.messages")
public final class InventoryCommand implements Callable<Integer> {
    static final String NAME = "inventory";

    @Override
    public Integer call() throws IOException {
        InventoryReader.read().writeTo(System.out);
        System.out.flush();
        return 0;
    }
}
