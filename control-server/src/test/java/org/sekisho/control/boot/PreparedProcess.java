package org.sekisho.control.boot;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;

/** A process that prepares, writes a row and then waits to be killed. Arguments: data folder, first port. */
final class PreparedProcess {
    static final String READY = "ready ";

    private PreparedProcess() {}

    public static void main(String... arguments) throws Exception {
        Preparation preparation = Preparation.of("--data", arguments[0], "--port-base", arguments[1]);
        Map<String, String> settings = preparation.settings();
        try (Connection connection = DriverManager.getConnection(
                        settings.get("sekisho.server.database.url"),
                        settings.get("sekisho.server.database.user"),
                        settings.get("sekisho.server.database.password"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (x int)");
            statement.execute("insert into kept values (7)");
        }
        System.out.println(READY + preparation.databasePid());
        Thread.currentThread().join();
    }
}
