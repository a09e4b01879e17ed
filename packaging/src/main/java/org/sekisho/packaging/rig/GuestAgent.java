package org.sekisho.packaging.rig;

import java.io.IOException;

/** The agent in a virtual machine that has the distribution as its share {@code dist}. */
public final class GuestAgent {
    private GuestAgent() {}

    /**
     * Installs it as users do, enrols it with a server of this machine and starts it; but systemd gives it more time than on a
     * real machine: translated code on a busy host is no reason to take it for hung.
     *
     * @param token for enrolment
     * @param port of the server's console and REST, which the machine reaches as its own
     * @return what the installation prints
     */
    public static String install(VirtualMachine machine, String token, int port)
            throws IOException, InterruptedException {
        return machine.output("""
                install -d /etc/systemd/system/sekisho-agent.service.d
                printf '[Service]\\nWatchdogSec=10min\\nTimeoutStartSec=10min\\n' >/etc/systemd/system/sekisho-agent.service.d/slow.conf
                umask 077; echo '%s' >/run/token
                /mnt/dist/install-agent.sh --server https://localhost:%d --token-file /run/token
                """.formatted(token, port));
    }
}
