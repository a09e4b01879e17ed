package org.sekisho.agent.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.Main;
import org.sekisho.v1.Inventory;

class InventoryProcessTest {
    /** Far more than a busy machine needs: only what hangs is waited for to the end, and that less long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void theProcessTellsWhatOshiKnows() {
        Inventory read = new InventoryProcess(Main.class.getName(), PATIENCE).read();

        assertThat(read.getMemoryBytes()).isPositive();
        assertThat(read.getHost()).isEqualTo(InventoryReader.host());
    }

    @Test
    void theServiceItselfLoadsNothingOfOshi() {
        assertThat(InventoryReader.cheap().getMemoryBytes()).isZero();
        assertThat(InventoryReader.cheap().getOs()).isEqualTo(System.getProperty("os.name"));
    }

    @Test
    void whatFailsLeavesTheCheapPart() {
        assertThat(new InventoryProcess(Failing.class.getName(), PATIENCE).read())
                .isEqualTo(InventoryReader.cheap());
    }

    @Test
    void whatIsNoInventoryLeavesTheCheapPart() {
        assertThat(new InventoryProcess(Babbling.class.getName(), PATIENCE).read())
                .isEqualTo(InventoryReader.cheap());
    }

    @Test
    void moreThanAnInventoryHasIsNotRead() {
        assertThat(new InventoryProcess(Endless.class.getName(), PATIENCE).read())
                .isEqualTo(InventoryReader.cheap());
    }

    @Test
    void whatHangsIsEnded() {
        assertThat(new InventoryProcess(Hanging.class.getName(), Duration.ofSeconds(1)).read())
                .isEqualTo(InventoryReader.cheap());
    }

    /** Ends with an error, after an inventory. */
    static final class Failing {
        public static void main(String[] arguments) throws Exception {
            InventoryReader.cheap().toBuilder().setHost("wrong").build().writeTo(System.out);
            System.out.flush();
            System.exit(1);
        }
    }

    /** Writes what can't be parsed: a field that is longer than the message. */
    static final class Babbling {
        public static void main(String[] arguments) {
            System.out.write(new byte[] {0x0a, 0x7f, 'x'}, 0, 3);
            System.out.flush();
        }
    }

    /** Writes without end. */
    static final class Endless {
        public static void main(String[] arguments) {
            while (!System.out.checkError()) {
                System.out.print("sekisho");
            }
        }
    }

    /** Never ends. */
    static final class Hanging {
        public static void main(String[] arguments) throws Exception {
            Thread.currentThread().join();
        }
    }
}
