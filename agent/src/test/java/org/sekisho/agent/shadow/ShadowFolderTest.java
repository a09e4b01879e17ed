package org.sekisho.agent.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.shadow.ShadowFolder.Waiting;

class ShadowFolderTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String OTHER = "ff112233445566778899aabbccddeeff";

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenWaitsUntilTheServerHasIt() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        assertThat(shadows.order(ID, 0)).isPositive().isLessThanOrEqualTo(ShadowFolder.MOST_BYTES);
        assertThat(shadows.next()).as("only ordered").isEmpty();
        shadows.write(ID, sealed("sealed"));

        Waiting copy = new ShadowFolder(folder).next().orElseThrow();
        assertThat(copy).isEqualTo(new Waiting(ID, folder.resolve(ID), ""));
        assertThat(copy.file()).hasContent("sealed");

        shadows.remove(ID);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anOrderThatNobodyCarriedOutFailsWithTheNextRun() throws IOException {
        ShadowFolder before = new ShadowFolder(folder);
        before.order(ID, 4);
        before.order(OTHER, 4);
        before.write(OTHER, sealed("whole"));

        ShadowFolder after = new ShadowFolder(folder);
        after.failUnfinished("the agent ended");

        assertThat(folder.resolve(ID + ".failed")).hasContent("the agent ended");
        assertThat(folder.resolve(OTHER)).exists();
        assertThat(folder.resolve(ID + ".part")).doesNotExist();
        after.remove(OTHER);
        assertThat(after.next().orElseThrow().failure()).isEqualTo("the agent ended");
    }

    @Test
    void oneOfWhichNothingIsUnfinishedIsNotFailed() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        shadows.order(ID, 0);
        shadows.write(ID, sealed("x"));

        shadows.failUnfinished(ID, "lost");

        assertThat(shadows.next().orElseThrow().failure()).isEmpty();
    }

    @Test
    void theRoomThatIsLeftIsSaid() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder, 1_000);
        assertThat(shadows.order(ID, 700)).isEqualTo(1_000);
        assertThat(shadows.order(OTHER, 400))
                .as("beside one that is not written yet")
                .isEqualTo(300);
        shadows.fail(OTHER, "");
        shadows.write(ID, sealed("sealed"));

        assertThat(folder.resolve(ID)).hasContent("sealed");
        assertThat(shadows.order("%032x".formatted(1), 0)).isEqualTo(994);
    }

    @Test
    void moreThanManyAreNotOrdered() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        for (int i = 0; i < ShadowFolder.MOST_COPIES; i++) {
            shadows.fail("%032x".formatted(i), "x");
        }

        assertThatThrownBy(() -> shadows.order(ID, 0)).hasMessageContaining("wait for the server already");
        shadows.remove("%032x".formatted(7));
        assertThat(shadows.order(ID, 0)).isPositive();
    }

    @Test
    void aLongReasonIsCut() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        shadows.fail(ID, "x".repeat(10_000));

        assertThat(shadows.next().orElseThrow().failure()).hasSize(500);
    }

    @Test
    void idsLeadNowhereElse() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        assertThatThrownBy(() -> shadows.order("../x", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shadows.remove(ID.toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCanNotBeWrittenIsNoCopy() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        shadows.order(ID, 10);

        assertThatThrownBy(() -> shadows.write(ID, out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThat(shadows.next()).isEmpty();
        assertThatThrownBy(() -> shadows.write(OTHER, sealed("x")))
                .as("nobody has ordered it")
                .isInstanceOf(NoSuchFileException.class);
    }

    private static ShadowFolder.Content sealed(String text) {
        return out -> out.write(text.getBytes(UTF_8));
    }

    @Test
    void whoSendsIsTold() throws IOException {
        ShadowFolder shadows = new ShadowFolder(folder);
        AtomicInteger told = new AtomicInteger();
        shadows.onWaiting(told::incrementAndGet);
        shadows.tell();

        assertThat(told).hasValue(1);
    }
}
