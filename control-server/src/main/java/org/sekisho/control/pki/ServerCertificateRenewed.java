package org.sekisho.control.pki;

/** The server's own certificate was made anew while it runs: what listens with it must take the new one. */
public record ServerCertificateRenewed(ServerCertificate certificate) {}
