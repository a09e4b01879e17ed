package org.sekisho.agent.posture;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sekisho.v1.Inventory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OSSession;

/**
 * Reads what the console shows of a terminal. Slow (hundreds of milliseconds) and heavy, so read seldom. What the OS does
 * not tell, or OSHI can't find out on it, stays empty.
 */
public final class InventoryReader {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryReader.class);
    /** Far above what any desk has; keeps a hostile environment from growing Hello without bound. */
    private static final int MAX_ITEMS = 64;

    private InventoryReader() {}

    /** Reads. Never throws. */
    public static Inventory read() {
        Inventory.Builder inventory = cheap().toBuilder();
        SystemInfo system = new SystemInfo();
        inventory.setOsVersion(told(
                "OS version",
                () -> system.getOperatingSystem().getFamily() + " "
                        + system.getOperatingSystem().getVersionInfo(),
                inventory.getOsVersion()));
        Optional<HardwareAbstractionLayer> found =
                told("hardware", () -> Optional.of(system.getHardware()), Optional.empty());
        found.ifPresent(hardware -> inventory
                .setCpu(told("processor", () -> processor(hardware), ""))
                .setMemoryBytes(told("memory", () -> hardware.getMemory().getTotal(), 0L))
                .setHardwareSerial(told("serial number", () -> serial(hardware), "")));
        inventory.addAllUsers(told(
                "users",
                () -> system.getOperatingSystem().getSessions().stream()
                        .map(OSSession::getUserName)
                        .distinct()
                        .limit(MAX_ITEMS)
                        .toList(),
                List.of()));
        return inventory.build();
    }

    /** What the Java runtime itself knows: no hardware, no users. Quick. Never throws. */
    public static Inventory cheap() {
        return Inventory.newBuilder()
                .setHost(host())
                .setOs(System.getProperty("os.name", ""))
                .setOsVersion(System.getProperty("os.version", ""))
                .setArch(System.getProperty("os.arch", ""))
                .setAgentVersion(AgentVersion.current())
                .setJavaVersion(System.getProperty("java.version", ""))
                .setLogicalCpus(Runtime.getRuntime().availableProcessors())
                .addAllAddresses(addresses())
                .build();
    }

    /** This terminal's host name; empty if it has none. Cheap. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.debug("the host has no name", e);
            return "";
        }
    }

    private static String processor(HardwareAbstractionLayer hardware) {
        return hardware.getProcessor().getProcessorIdentifier().getName().strip();
    }

    private static String serial(HardwareAbstractionLayer hardware) {
        String serial = hardware.getComputerSystem().getSerialNumber();
        return "unknown".equalsIgnoreCase(serial) ? "" : serial;
    }

    private static List<String> addresses() {
        try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
            return all.flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .limit(MAX_ITEMS)
                    .toList();
        } catch (SocketException e) {
            LOG.debug("the network's addresses can't be read", e);
            return List.of();
        }
    }

    private static <T> T told(String what, Supplier<T> reader, T otherwise) {
        try {
            return reader.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("{} can't be read", what, e);
            return otherwise;
        }
    }
}
