package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AlarmsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALARM = """
            {"id":7,"kind":"CLOCK","terminal":"t-1","host":"zeimu-01","orgUnit":"税務課","amount":-7200000,"detail":"",
             "since":"2026-11-22T11:00:00Z","raisedAt":"2026-11-22T11:00:00Z","version":2}
            """;
    private static final String SETTINGS = """
            {"silentMinutes":480,"workingHoursOnly":true,"workingDays":[1,2],"workingFrom":"08:30:00","workingUntil":"17:15:00",
             "zone":"Asia/Tokyo","clockSeconds":120,"version":3}
            """;

    @Test
    void listsWhatIsOpen() {
        server.on("GET /alarms?state=OPEN&limit=100", ok("{\"items\":[" + ALARM + "],\"next\":null}"));

        assertThat(script().japanese().command("alarms").out()).contains("時計の狂い", "時計の差 -7,200 秒", "zeimu-01", "税務課");
    }

    @Test
    void listsAllOfAKind() {
        server.on("GET /alarms?kind=RECORD_LOST&limit=100", ok("{\"items\":[],\"next\":null}"));

        assertThat(script().command("alarms", "list", "--state", "all", "--kind", "record-lost")
                        .out())
                .contains("No alarms.");
    }

    @Test
    void acknowledgesTheVersionThatItSaw() throws Exception {
        server.on("GET /alarms/7", ok(ALARM)).on("POST /alarms/7/acknowledgement", ok(ALARM));

        assertThat(script().command("alarms", "acknowledge", "7", "--note", "交換した")
                        .exit())
                .isZero();
        assertThat(JSON.readTree(server.asked().getLast().body()))
                .isEqualTo(JSON.readTree("{\"note\":\"交換した\",\"version\":2}"));
    }

    @Test
    void changesOnlyTheSettingsThatAreNamed() throws Exception {
        server.on("GET /alarm-settings", ok(SETTINGS)).on("PUT /alarm-settings", ok(SETTINGS));

        assertThat(script().command("alarms", "settings").out()).contains("480", "Mon Tue 08:30:00-17:15:00");
        assertThat(server.asked()).hasSize(1);

        script().command("alarms", "settings", "--working-hours", "always", "--silent-minutes", "60");
        assertThat(JSON.readTree(server.asked().getLast().body()))
                .isEqualTo(JSON.readTree(SETTINGS.replace("480", "60").replace("true", "false")));
    }

    @Test
    void theOverviewIsInFigures() {
        server.on("GET /overview?days=30&utcOffset=540", ok("""
                {"terminals":{"total":12,"enforced":10,"lagging":1,"failed":1},"alarms":{"open":2},"incidents":{"open":3},
                 "oldestIncident":{"openedAt":"2026-11-22T11:00:00Z"},"permits":{"inForce":4},
                 "attempts":{"channels":[{"name":"CLIPBOARD","attempts":[1,2],"stopped":[0,1]}],
                             "divisions":[{"name":"","attempts":[3],"stopped":[1]}]}}"""));

        assertThat(script().japanese().command("overview").out()).contains("使用中の端末", "12", "クリップボード", "（所属なし）");
    }
}
