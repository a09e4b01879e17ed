package org.sekisho.packaging.vm;

import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.sekisho.packaging.rig.UeventRecord;
import org.sekisho.packaging.rig.UeventRecord.Uevent;
import org.sekisho.packaging.rig.VirtualMachine;

/** A terminal under the tests' rules from the first plug of a test on: what its kernel announces, and what the server has of it. */
record GuardedMachine(GuestTerminal terminal, VirtualMachine machine, UeventRecord record) {
    /** One on which nobody is at work. */
    static GuardedMachine idle(GuestTerminal terminal) throws IOException, InterruptedException {
        return guarded(terminal, terminal.installed());
    }

    /** One with alice at work, who may be given what is let in. */
    static GuardedMachine atWork(GuestTerminal terminal) throws IOException, InterruptedException {
        return guarded(terminal, terminal.atWork());
    }

    private static GuardedMachine guarded(GuestTerminal terminal, VirtualMachine machine)
            throws IOException, InterruptedException {
        terminal.publish(CheckedStick.RULES);
        return new GuardedMachine(terminal, machine, UeventRecord.open(machine));
    }

    /** Waits for an attempt with the device of this serial number. */
    JsonNode attempt(String serial, String verdict) {
        return await().atMost(SOON)
                .until(() -> newest(terminal.attemptsWith(serial), isA(verdict)), found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits for an attempt of this class that is more than one of those there were before. */
    JsonNode attemptOf(String mediaClass, long before) {
        return await().atMost(SOON)
                .until(() -> blocked(mediaClass), found -> found.size() > before)
                .getFirst();
    }

    /** What was stopped of this class, the newest first. */
    List<JsonNode> blocked(String mediaClass) throws IOException, InterruptedException {
        return newest(
                terminal.attempts("MEDIA"),
                isA("BLOCK")
                        .and(event -> media(event).path("mediaClass").asText().equals(mediaClass)));
    }

    static Predicate<JsonNode> isA(String verdict) {
        return event -> event.path("verdict").asText().equals(verdict);
    }

    private static List<JsonNode> newest(List<JsonNode> events, Predicate<JsonNode> which) {
        return events.stream().filter(which).toList();
    }

    static List<String> suspicions(JsonNode event) {
        return StreamSupport.stream(media(event).path("suspicions").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Classes of the functions that drivers took since this began. */
    List<String> bound() throws IOException, InterruptedException {
        return record.all().stream()
                .filter(Uevent::bindsFunction)
                .map(Uevent::function)
                .toList();
    }

    void end() throws IOException, InterruptedException {
        record.end();
    }
}
