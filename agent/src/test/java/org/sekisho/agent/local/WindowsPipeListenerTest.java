package org.sekisho.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.WINDOWS)
final class WindowsPipeListenerTest extends LocalListenerContract {

    @Override
    String newAddress() {
        return "\\\\.\\pipe\\sekisho-test-" + UUID.randomUUID();
    }

    @Override
    LocalListener listen(String address) throws IOException {
        return new WindowsPipeListener(address);
    }

    @Override
    LocalConnection connect(String address) throws IOException {
        return WindowsPipe.connect(address);
    }

    @Test
    void knowsThatAnAdministratorIsPrivileged() throws Exception {
        String address = newAddress();
        try (WindowsPipeListener listener = new WindowsPipeListener(address);
                LocalConnection client = connect(address);
                LocalConnection server = listener.accept()) {
            // Wine's only account is an administrator.
            assertThat(server.peer().privileged()).isTrue();
            assertThat(client.peer().pid()).isEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void saysWhichPipeIsMissing() {
        String address = newAddress();

        assertThatThrownBy(() -> connect(address))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("2");
    }
}
