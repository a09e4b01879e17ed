package org.sekisho.agent.secret;

import java.util.regex.Pattern;

/** What a secret may be called and how large it may be, the same on every platform. */
final class SecretName {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    /** Names that Windows takes for devices, whatever their extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

    private SecretName() {}

    static String checked(String name) {
        if (!FORM.matcher(name).matches() || DEVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("not a secret's name: \"" + name + "\"");
        }
        return name;
    }

    static byte[] checked(String name, byte[] secret) {
        if (secret.length == 0 || secret.length > SecretStore.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "secret %s has %d bytes; 1 to %d are kept".formatted(name, secret.length, SecretStore.MAX_BYTES));
        }
        return secret;
    }
}
