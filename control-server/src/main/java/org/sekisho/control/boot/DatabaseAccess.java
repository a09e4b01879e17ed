package org.sekisho.control.boot;

/** How the server reaches its database. {@code toString} leaves the password out. */
record DatabaseAccess(String url, String user, String password) {
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
