package org.sekisho.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.secret.SecretStore;

class OrgAssignmentTest {
    @TempDir
    Path stateDir;

    @Test
    void isKeptOverRestarts() throws IOException {
        assertThat(start("a").orgUnit()).isEmpty();
        start("a").assign("総務部/税務課");
        assertThat(start("a").orgUnit()).isEqualTo("総務部/税務課");
        start("a").assign("");
        assertThat(start("a").orgUnit()).isEmpty();
    }

    @Test
    void belongsToOneEnrolment() throws IOException {
        start("a").assign("総務部");
        assertThat(start("b").orgUnit()).isEmpty();
    }

    @Test
    void isNoneWhereTheServerSaysNonsense() throws IOException {
        OrgAssignment assignment = start("a");
        assignment.assign("x".repeat(201));
        assertThat(assignment.orgUnit()).isEmpty();
    }

    private OrgAssignment start(String scope) throws IOException {
        return new OrgAssignment(SecretStore.forPlatform(stateDir), scope, Runnable::run);
    }
}
