package org.sekisho.control.alarm;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;

/** When something is an alarm. Everybody may see it; an administrator of the whole organisation changes it. */
@Path("/api/v1/alarm-settings")
@Tag(name = "alarms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AlarmSettingsResource {
    private final AlarmSettingsStore store;
    private final AuditLog audit;

    @Inject
    AlarmSettingsResource(AlarmSettingsStore store, AuditLog audit) {
        this.store = store;
        this.audit = audit;
    }

    /** Those in force. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "getAlarmSettings", summary = "When something is an alarm")
    public AlarmSettings get() {
        return store.get();
    }

    /** Puts others in their place; 409 if somebody else has meanwhile. */
    @PUT
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "setAlarmSettings", summary = "Change when something is an alarm")
    public AlarmSettings set(@NotNull @Valid AlarmSettings settings) {
        settings.check();
        store.replace(settings);
        audit.record(
                "alarm-settings.update",
                String.valueOf(settings.version() + 1),
                Map.of(
                        "silentMinutes", String.valueOf(settings.silentMinutes()),
                        "workingHoursOnly", String.valueOf(settings.workingHoursOnly()),
                        "workingDays", String.valueOf(settings.workingDays()),
                        "workingHours", settings.workingFrom() + "–" + settings.workingUntil() + " " + settings.zone(),
                        "clockSeconds", String.valueOf(settings.clockSeconds())));
        return store.get();
    }
}
