package org.sekisho.agent.channel.media.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ways for removable things into this machine that are not guarded, so that the channel's state can say so. */
final class Unguarded {
    private Unguarded() {}

    static List<String> on(Path sysfs) {
        List<String> ways = new ArrayList<>();
        if (any(sysfs.resolve("class/mmc_host"), "*")) {
            ways.add("SD cards");
        }
        if (any(sysfs.resolve("bus/thunderbolt/devices"), "domain*")) {
            ways.add("Thunderbolt storage");
        }
        if (offUsb(sysfs.resolve("class/bluetooth"), "hci*")) {
            ways.add("Bluetooth that is not on USB");
        }
        if (offUsb(sysfs.resolve("class/block"), "sr*")) {
            ways.add("optical drives that are not on USB");
        }
        return ways;
    }

    private static boolean any(Path directory, String glob) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, glob)) {
            return all.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // What can't be told is not claimed to be guarded.
            return true;
        }
    }

    private static boolean offUsb(Path directory, String glob) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, glob)) {
            for (Path link : all) {
                if (LinuxDeviceBus.usbDevice(link.toRealPath()).isEmpty()) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
