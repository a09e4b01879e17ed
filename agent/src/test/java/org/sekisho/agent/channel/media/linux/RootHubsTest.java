package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.media.DeviceBus;

/** On a copy of what sysfs has of a host controller; what it does on a real kernel is the virtual machine's to show. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names with colons")
final class RootHubsTest {
    private static final String FUNCTION = "3-0:1.0";

    @TempDir
    private Path sysfs;

    private RootHubs hubs;

    @BeforeEach
    void controller() throws IOException {
        Path hub = Files.createDirectories(at("usb3"));
        Files.writeString(hub.resolve("authorized_default"), "1");
        Files.writeString(hub.resolve("interface_authorized_default"), "1");
        Files.writeString(UsbTree.probe(sysfs), "");
        hubs = new RootHubs(sysfs);
    }

    @Test
    void aControllerIsShutAndOneThatAHandOpensIsTakenBack() throws IOException {
        DeviceBus.Default first = hubs.denyByDefault();

        assertThat(first.proof()).isEqualTo("authorized_default=0 on usb3 (read back)");
        assertThat(first.takenBack()).isEmpty();
        assertThat(hubs.deniesByDefault()).isTrue();
        assertThat(at("usb3").resolve("interface_authorized_default")).hasContent("0");
        Files.writeString(at("usb3").resolve("authorized_default"), "1");
        assertThat(hubs.denyByDefault().takenBack()).isEqualTo(List.of("usb3"));
    }

    @Test
    void aRootHubThatWasShutBeforeItsFunctionWasMadeWorksAllTheSame() throws IOException {
        hubs.denyByDefault();
        function("0");

        assertThat(hubs.denyByDefault().takenBack()).isEmpty();

        assertThat(at(FUNCTION).resolve("authorized")).hasContent("1");
        assertThat(UsbTree.probe(sysfs)).hasContent(FUNCTION);
    }

    @Test
    void aRootHubThatWorksIsLeftAlone() throws IOException {
        function("1");

        hubs.denyByDefault();

        assertThat(UsbTree.probe(sysfs)).isEmptyFile();
    }

    private Path at(String name) {
        return UsbTree.devices(sysfs).resolve(name);
    }

    private void function(String authorized) throws IOException {
        Files.writeString(Files.createDirectories(at(FUNCTION)).resolve("authorized"), authorized);
    }
}
