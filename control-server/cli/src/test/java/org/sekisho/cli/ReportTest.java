package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ReportTest extends ServerTest {
    private static final String RUNNING = """
            {"id":3,"kind":"EXFILTRATION","from":"2026-10-01","until":"2026-10-31","orgUnit":"税務課","madeBy":"佐藤",
             "madeAt":"2026-11-22T11:00:00Z","state":"RUNNING","done":4,"total":62}
            """;

    @Test
    void listsHowFarEachHasCome() {
        server.on("GET /reports?limit=100", ok("{\"items\":[" + RUNNING + "],\"next\":null}"));

        assertThat(script().japanese().command("report").out()).contains("情報持ち出しの集計", "作成中 4/62", "税務課");
    }

    @Test
    void ordersADayOrMore() throws Exception {
        server.on("POST /reports", ok(RUNNING));

        assertThat(script().command("report", "order", "enforcement", "--until", "2026-11-20")
                        .exit())
                .isZero();
        assertThat(new ObjectMapper().readTree(server.asked().getLast().body()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"kind\":\"ENFORCEMENT\",\"from\":\"2026-11-20\",\"until\":\"2026-11-20\"}"));
    }

    @Test
    void showsItsTables() {
        server.on("GET /reports/3?language=ja", ok("""
                {"id":3,"title":"適用状況報告書","state":"DONE","parts":[
                 {"heading":"部署別","columns":["部署","端末数"],"numbers":[false,true],"rows":[["税務課","2"]]}]}"""));

        assertThat(script().japanese().command("report", "show", "3").out()).contains("適用状況報告書", "部署別", "端末数", "税務課");
    }
}
