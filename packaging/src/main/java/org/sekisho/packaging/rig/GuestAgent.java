package org.sekisho.packaging.rig;

import java.io.IOException;

/** The agent in a virtual machine that has the distribution as its share {@code dist}. */
public final class GuestAgent {
    /**
     * A JVM rewrites the entry of code that it replaces in one store, but QEMU reads an instruction in parts, and so now and then
     * translates half of the old one and half of the new if that is done on another processor: the JVM then crashes.
     */
    private static final String ONE_PROCESSOR = "CPUAffinity=1\\nEnvironment=JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1";

    private GuestAgent() {}

    /**
     * Installs it as users do, enrols it with a server of this machine and starts it; but on one processor, and systemd gives it
     * more time than on a real machine: translated code on a busy host is no reason to take it for hung.
     *
     * @param token for enrolment
     * @param port of the server's console and REST, which the machine reaches as its own
     * @return what the installation prints
     */
    public static String install(VirtualMachine machine, String token, int port)
            throws IOException, InterruptedException {
        return machine.output("""
                install -d /etc/systemd/system/sekisho-agent.service.d
                printf '[Service]\\nWatchdogSec=10min\\nTimeoutStartSec=10min\\n%s\\n' >/etc/systemd/system/sekisho-agent.service.d/guest.conf
                umask 077; echo '%s' >/run/token
                /mnt/dist/install-agent.sh --server https://localhost:%d --token-file /run/token
                """.formatted(ONE_PROCESSOR, token, port));
    }
}
