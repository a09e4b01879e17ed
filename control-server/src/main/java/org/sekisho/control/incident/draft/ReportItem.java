package org.sekisho.control.incident.draft;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is reported, in its order: the nine items of article 3, paragraph 1 of the commission's rule on reports of leaks of specific
 * personal information (平成27年特定個人情報保護委員会規則第5号), which the guideline's 別添2 refers to.
 */
@Schema(name = "ReportItem")
public enum ReportItem {
    /** 概要. */
    OVERVIEW,
    /** 漏えい等が発生し、又は発生したおそれがある特定個人情報の項目. */
    INFORMATION,
    /** 本人の数. */
    PEOPLE,
    /** 原因. */
    CAUSE,
    /** 二次被害又はそのおそれの有無及びその内容. */
    SECONDARY_DAMAGE,
    /** 本人への対応の実施状況. */
    NOTIFICATION,
    /** 公表の実施状況. */
    PUBLICATION,
    /** 再発防止のための措置. */
    PREVENTION,
    /** その他参考となる事項. */
    OTHER
}
