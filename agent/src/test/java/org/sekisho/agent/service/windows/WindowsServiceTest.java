package org.sekisho.agent.service.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.W32Service;
import com.sun.jna.platform.win32.W32ServiceManager;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinError;
import com.sun.jna.platform.win32.Winsvc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.os.windows.Win32Failure;
import org.sekisho.agent.os.windows.WindowsKind;

@EnabledOnOs(OS.WINDOWS)
final class WindowsServiceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String name = "SekishoTest" + UUID.randomUUID().toString().substring(0, 8);
    private final ServiceRegistry registry = new ServiceRegistry();

    @TempDir
    Path folder;

    private List<String> install() throws IOException {
        return registry.install(new ServiceSettings(
                name,
                "関所の試験",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java.exe")
                                .toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NotingService.class.getName(),
                        name,
                        notes().toString())));
    }

    private Path notes() {
        return folder.resolve("notes");
    }

    private List<String> noted() throws IOException {
        return Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
    }

    @AfterEach
    void uninstall() throws Exception {
        registry.uninstall(name, SOON);
    }

    @Test
    void runsUntilItIsStopped() throws Exception {
        install();
        try (W32ServiceManager manager = manager();
                W32Service service = manager.openService(name, Winsvc.SERVICE_ALL_ACCESS)) {
            service.startService();
            await().atMost(SOON).until(() -> service.queryStatus().dwCurrentState == Winsvc.SERVICE_RUNNING);
            assertThat(noted()).containsExactly("runs");
            long pid = service.queryStatus().dwProcessId;

            service.stopService(SOON.toMillis());

            assertThat(service.queryStatus().dwCurrentState).isEqualTo(Winsvc.SERVICE_STOPPED);
            assertThat(service.queryStatus().dwWin32ExitCode).isZero();
            await().atMost(SOON)
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            assertThat(noted()).containsExactly("runs", "SERVICE_CONTROL_STOP", "returns", "left");
        }
    }

    @Test
    void tellsWindowsThatItFailed() throws Exception {
        Files.createFile(folder.resolve("fail"));
        install();
        try (W32ServiceManager manager = manager();
                W32Service service = manager.openService(name, Winsvc.SERVICE_ALL_ACCESS)) {
            assertThat(Advapi32.INSTANCE.StartService(service.getHandle(), 0, null))
                    .isTrue();
            await().atMost(SOON)
                    .until(() -> !noted().isEmpty() && service.queryStatus().dwCurrentState == Winsvc.SERVICE_STOPPED);

            // ERROR_SERVICE_SPECIFIC_ERROR
            assertThat(service.queryStatus().dwWin32ExitCode).isEqualTo(1066);
            assertThat(service.queryStatus().dwServiceSpecificExitCode).isEqualTo(1);
        }
    }

    @Test
    void uninstallStopsItFirst() throws Exception {
        install();
        try (W32ServiceManager manager = manager();
                W32Service service = manager.openService(name, Winsvc.SERVICE_ALL_ACCESS)) {
            service.startService();
            await().atMost(SOON).until(() -> service.queryStatus().dwCurrentState == Winsvc.SERVICE_RUNNING);
        }

        registry.uninstall(name, SOON);

        assertThat(noted()).contains("SERVICE_CONTROL_STOP", "returns");
        try (W32ServiceManager manager = manager()) {
            assertThatThrownBy(() -> manager.openService(name, Winsvc.SERVICE_QUERY_STATUS))
                    .isInstanceOfSatisfying(
                            Win32Exception.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(WinError.ERROR_SERVICE_DOES_NOT_EXIST));
        }
    }

    @Test
    void reportsWhatDidNotHold() throws IOException {
        List<String> lost = install();

        if (WindowsKind.isWine()) {
            // Wine refuses the first two; it says that it has set the last, and keeps nothing.
            assertThat(lost).hasSize(3);
            assertThat(lost)
                    .extracting(one -> one.substring(0, one.indexOf(':')))
                    .containsExactly("delayed start", "recovery", "access");
        } else {
            assertThat(lost).isEmpty();
        }
    }

    @Test
    void installsOnce() throws IOException {
        install();

        assertThatThrownBy(this::install).isInstanceOf(Win32Failure.class).hasMessageContaining(name);
    }

    @Test
    void startedByHandItIsNoService() throws Exception {
        assertThat(new WindowsService(name, new ServiceBody() {
                            @Override
                            public void run(Runnable started) {
                                throw new AssertionError("must not run");
                            }

                            @Override
                            public void stop(String cause) {}

                            @Override
                            public void sessionsChanged() {}
                        })
                        .run())
                .isFalse();
    }

    private static W32ServiceManager manager() {
        return new W32ServiceManager(Winsvc.SC_MANAGER_CONNECT);
    }
}
