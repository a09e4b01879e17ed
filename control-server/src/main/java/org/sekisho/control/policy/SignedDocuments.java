package org.sekisho.control.policy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.List;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.policy.PoliciesResource.SignedDocument;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Signed;

/** Revisions with all that it takes to check their signature without this server. Thread-safe. */
@Singleton
class SignedDocuments {
    private final PolicyStore policies;
    private final Installation installation;

    @Inject
    SignedDocuments(PolicyStore policies, Installation installation) {
        this.policies = policies;
        this.installation = installation;
    }

    SignedDocument of(String segment, long revision) {
        Signed signed = policies.signed(segment, revision);
        return new SignedDocument(
                segment,
                revision,
                base64(signed.toByteArray()),
                base64(signed.getPayload().toByteArray()),
                PolicySigner.PREFIX,
                base64(signed.getSignature().toByteArray()),
                List.of(base64(installation.policyKey().getPublic().getEncoded())));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
