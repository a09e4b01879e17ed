/**
 * The draft of what a city hands in to the Personal Information Protection Commission after a leak: preliminary report (速報) and
 * full report (確報), with what is known filled in and what only people know marked.
 *
 * <p>Sources: the guideline's 別添2 (速報 within about 3 to 5 days, 確報 within 30, or 60), and, for the items, article 3 of the
 * commission's rule on reports of leaks of specific personal information (平成27年特定個人情報保護委員会規則第5号).
 */
@NullMarked
package org.sekisho.control.incident.draft;

import org.jspecify.annotations.NullMarked;
