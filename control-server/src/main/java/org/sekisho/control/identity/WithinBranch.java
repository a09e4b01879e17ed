package org.sekisho.control.identity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operation is open to operators whose role is limited to a branch, because it shows and changes only what
 * {@link Jurisdiction} reaches, or nothing of any division. Every other operation needs its role for the whole organisation.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface WithinBranch {}
