package org.sekisho.packaging.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.Map;
import org.sekisho.packaging.rig.ServerProcess;

/** One psql that stays connected, as somebody has it open who asks again and again. What it prints is read and thrown away. */
final class PsqlSession implements AutoCloseable {
    private static final String END = "--- end of answer ---";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    private PsqlSession(Process process) {
        this.process = process;
        this.in = new OutputStreamWriter(process.getOutputStream(), UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    static PsqlSession connect(ServerProcess server) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "psql",
                        "-qAtX",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(server.databasePort()),
                        "-U",
                        "sekisho",
                        "sekisho")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Map.of("PGPASSWORD", server.databasePassword(), "PGCLIENTENCODING", "UTF8"));
        return new PsqlSession(builder.start());
    }

    /** Returns when the last row has been printed; how many there were. */
    int run(String sql) throws IOException {
        in.write(sql + ";\n\\echo " + END + "\n");
        in.flush();
        int rows = 0;
        for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new IOException("psql has ended; it was asked: " + sql);
            }
            rows++;
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
