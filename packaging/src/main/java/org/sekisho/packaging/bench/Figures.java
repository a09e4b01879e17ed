package org.sekisho.packaging.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a benchmark measured, printed as its last line. Not thread-safe. */
final class Figures {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Figures(String bench) {
        values.put("bench", bench);
    }

    /** Numbers are kept to three decimals: more would only be noise. */
    Figures put(String name, double value) {
        values.put(name, Math.round(value * 1_000) / 1_000.0);
        return this;
    }

    Figures put(String name, String value) {
        values.put(name, value);
        return this;
    }

    void print() throws JsonProcessingException {
        System.out.println(new ObjectMapper().writeValueAsString(values));
    }

    /** The value below which {@code percent} of the measurements lie; the input is sorted in place. */
    static double percentile(double[] measurements, double percent) {
        Arrays.sort(measurements);
        int index = (int) Math.ceil(percent / 100 * measurements.length) - 1;
        return measurements[Math.clamp(index, 0, measurements.length - 1)];
    }

    static double median(double[] measurements) {
        return percentile(measurements, 50);
    }
}
