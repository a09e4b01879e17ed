package org.sekisho.control.audit;

import java.util.function.Supplier;
import org.sekisho.control.testing.Api.Answer;

/** Something that changes the server, with the entry that it leaves. */
record Act(String action, Supplier<Answer> deed) {}
