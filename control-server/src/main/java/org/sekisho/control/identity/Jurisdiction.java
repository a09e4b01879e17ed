package org.sekisho.control.identity;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/**
 * Where the operator of this request may do what the request asks for: the branches of those of their roles that the
 * operation admits. {@link JurisdictionFilter} finds it out before the operation runs; until then it is nothing.
 */
@RequestScoped
public class Jurisdiction {
    private Reach reach = Reach.NOTHING;

    /** What lists and searches are narrowed to, and outside of which single things don't exist. */
    public Reach reach() {
        return reach;
    }

    /**
     * Refuses to make something for a division outside of the operator's branch.
     *
     * @throws ProblemException 403
     */
    public void require(@Nullable OrgUnit unit) {
        if (!reach.covers(unit == null ? null : unit.path())) {
            throw new ProblemException(
                    403,
                    "outside-branch",
                    "This operator's role is limited to a branch of the organisation; name a division in it");
        }
    }

    void set(Reach found) {
        reach = found;
    }
}
