package org.sekisho.control.shadow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many shadow copies are kept, and for how long. Names are {@code sekisho.shadow-copies.…}. */
@ConfigMapping(prefix = "sekisho.shadow-copies")
public interface ShadowCopySettings {
    /** Room for all sealed copies together, in bytes: 10 GiB. What finds none is offered again by its terminal. */
    @WithDefault("10737418240")
    long mostBytes();

    /** Days for which a copy is kept. Holds for copies that come from then on. */
    @WithDefault("90")
    int days();
}
