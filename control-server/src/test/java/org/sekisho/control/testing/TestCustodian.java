package org.sekisho.control.testing;

import java.security.SecureRandom;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.sekisho.shadow.CustodianKey;
import org.sekisho.v1.Custodian;

/** An operator with a custodian's key. */
public record TestCustodian(Api api, String name, X25519PrivateKeyParameters key) {
    /** A new operator of this role. */
    public static TestCustodian appoint(Api administrator, String role) {
        return of(administrator.withRole(role));
    }

    /** This operator, with a new key. */
    public static TestCustodian of(Api api) {
        String name = api.get("/api/v1/session").json().at("/operator/name").asText();
        return new TestCustodian(api, name, new X25519PrivateKeyParameters(new SecureRandom()));
    }

    /** As policies name them. */
    public Custodian named() {
        return Custodian.newBuilder()
                .setOperator(name)
                .setKey(CustodianKey.write(key.generatePublicKey()))
                .build();
    }
}
