package org.sekisho.control.media;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sekisho.control.event.ingest.EventTrace;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.Incidents;
import org.sekisho.control.store.Times;
import org.sekisho.policy.Devices;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;

/** Keeps of each registered medium where it was plugged in last, and by whom; one that is lost and turns up is an incident. */
@Singleton
class MediaSightings implements EventTrace {
    /** As long as an account's name may be in the store. */
    private static final int MAX_USER = 256;

    private final Incidents incidents;

    @Inject
    MediaSightings(Incidents incidents) {
        this.incidents = incidents;
    }

    @Override
    public boolean concerns(Event event) {
        return event.hasAttempt()
                && event.getAttempt().getAttempt().getChannel() == Channel.MEDIA
                && Devices.isWhole(identity(event));
    }

    @Override
    public void written(Handle handle, List<Written> events) {
        Map<DeviceIdentity, Written> last = new HashMap<>();
        events.forEach(written -> last.put(identity(written.event()), written));
        // In one order everywhere: two writers that see the same media must not wait for each other.
        last.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<DeviceIdentity, Written> entry) ->
                        entry.getKey().toString()))
                .forEach(entry -> seen(handle, entry.getKey(), entry.getValue()));
    }

    private void seen(Handle handle, DeviceIdentity device, Written written) {
        Event event = written.event();
        String user = event.getAttempt().getCircumstances().getUser().replace('\0', '\uFFFD');
        Optional<String> lost = handle
                .createQuery("""
                        WITH mine AS (
                            SELECT id FROM medium
                            WHERE state <> 'WITHDRAWN'
                              AND (device_hash = '' OR device_hash = :hash) AND (vendor_id = '' OR vendor_id = :vendor)
                              AND (product_id = '' OR product_id = :product) AND (serial = '' OR serial = :serial)
                            ORDER BY id FOR UPDATE)
                        UPDATE medium SET seen_at = :at, seen_terminal = :terminal, seen_user = :user
                        WHERE id IN (SELECT id FROM mine) AND (seen_at IS NULL OR seen_at <= :at)
                        RETURNING CASE WHEN state = 'LOST' THEN name END AS lost""")
                .bind("hash", device.getDeviceHash())
                .bind("vendor", device.getVendorId())
                .bind("product", device.getProductId())
                .bind("serial", device.getSerial())
                .bind("at", Times.sql(written.receivedAt()))
                .bind("terminal", event.getTerminal())
                .bind("user", user.substring(0, Math.min(user.length(), MAX_USER)))
                .map((row, context) -> Optional.ofNullable(row.getString("lost")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
        lost.ifPresent(name -> incidents.open(
                handle,
                IncidentReport.about(IncidentKind.LOST_MEDIUM, event.getTerminal())
                        .between(written.receivedAt(), written.receivedAt())
                        .withDetail(name)));
    }

    private static DeviceIdentity identity(Event event) {
        MediaSubject medium = event.getAttempt().getAttempt().getMedia();
        // PostgreSQL's text can't hold NUL.
        return Device.of(medium.toBuilder()
                        .setSerial(medium.getSerial().replace('\0', '\uFFFD'))
                        .build())
                .identity();
    }
}
