package org.sekisho.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.WinNT;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.WINDOWS)
final class WindowsProcessGuardTest {

    /** Protects itself if told so, and waits until its input ends. */
    public static final class Target {
        private Target() {}

        public static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("guarded")) {
                WindowsProcessGuard.protectThisProcess();
            }
            System.out.println("ready");
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void aProcessOfTheSameUserCanBeEndedUnlessItIsGuarded() throws Exception {
        assertThat(canOpen("open", WinNT.PROCESS_TERMINATE)).isTrue();
        assertThat(canOpen("guarded", WinNT.PROCESS_TERMINATE)).isFalse();
    }

    @Test
    void itsMemoryCanNotBeRead() throws Exception {
        assertThat(canOpen("open", WinNT.PROCESS_VM_READ)).isTrue();
        assertThat(canOpen("guarded", WinNT.PROCESS_VM_READ)).isFalse();
    }

    @Test
    void theServiceStillSeesWhoItIs() throws Exception {
        assertThat(canOpen("guarded", WinNT.PROCESS_QUERY_LIMITED_INFORMATION)).isTrue();
    }

    private static boolean canOpen(String kind, int right) throws Exception {
        Process target = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java.exe")
                                .toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Target.class.getName(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(target.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("ready");
            HANDLE opened = Kernel32.INSTANCE.OpenProcess(right, false, (int) target.pid());
            if (opened == null) {
                assertThat(Kernel32.INSTANCE.GetLastError()).isEqualTo(WinError.ERROR_ACCESS_DENIED);
                return false;
            }
            Kernel32.INSTANCE.CloseHandle(opened);
            return true;
        } finally {
            target.getOutputStream().close();
            target.waitFor();
        }
    }
}
