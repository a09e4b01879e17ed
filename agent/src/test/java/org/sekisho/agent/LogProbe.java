package org.sekisho.agent;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Uses SQLite as the journal does, on a thread as Windows gives it to a service: without a context class loader. */
final class LogProbe {
    private LogProbe() {}

    /** The file of the database to make. */
    public static void main(String[] arguments) throws Exception {
        Thread thread = new Thread(() -> use(arguments[0]));
        thread.setContextClassLoader(null);
        thread.start();
        thread.join();
    }

    private static void use(String file) {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = database.createStatement()) {
            statement.execute("create table t (a integer)");
            statement.execute("insert into t values (1)");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        Logger own = LoggerFactory.getLogger(LogProbe.class);
        System.out.println("own info " + own.isInfoEnabled() + ", own debug " + own.isDebugEnabled());
    }
}
