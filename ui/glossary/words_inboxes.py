"""What the inboxes of conflicts and alerts say, in English and in Chinese."""

from __future__ import annotations

from typing import Final

from ui.words import Table

INBOXES: Final[Table] = {
    "conflicts_what": (
        "Terms that the corpus renders in several ways, each with the reason that speaks for it and a pair that shows "
        "each rendering. The texts are read once; that can take a minute with a large corpus.",
        "语料库中有多种译法的术语，逐条列出可能的原因以及每种译法的例句。首次须通读全部文本，语料库较大时约需一分钟。",
    ),
    "conflicts_read": ("Look for conflicts", "查找冲突"),
    "conflicts_need_corpus": (
        "Conflicts are found in aligned documents, and the corpus is empty. Add documents on the page “Align”.",
        "冲突从已对齐的文件中查找，而语料库为空。请在“对齐”页添加文件。",
    ),
    "no_conflicts": (
        "No conflicts: every term of the glossary that occurs has one rendering, or its conflicts are settled.",
        "没有冲突：术语库中出现的术语均只有一种译法，或冲突均已处理。",
    ),
    "reading_pairs": ("Reading: {n} of {total} pairs", "正在读取：第 {n} 对，共 {total} 对"),
    "looking": ("Looking closer …", "正在细查……"),
    "looking_at": ("Found {n}; {total} terms to look at", "已找到 {n} 处；待查术语 {total} 个"),
    "more_possible": ("· more may be found among {terms} terms", "· {terms} 个待查术语中可能还有"),
    "find_more": ("Find more", "继续查找"),
    "it_is": ("It is a case of", "判定为"),
    "why": ("Why", "理由"),
    "why_hint": ("a remark, optional", "说明，可不填"),
    "why_needed": ("needed to dismiss it", "忽略时必填"),
    "confirm": ("Confirm and settle", "确认并了结"),
    "settled": (
        "Settled: {term}. It comes back only with new renderings.",
        "已了结：{term}。出现新译法时才会再次提示。",
    ),
    "occurrences": ("{n} places in the corpus", "语料库中 {n} 处"),
    "in_no_pair": ("in no pair", "语料库中未见"),
    "weight": ("weight {n}", "权重 {n}"),
    "show_pair": ("show a pair", "显示例句"),
    "pair": ("pair", "例句"),
    "r_synonyms": ("rival synonyms", "同义竞争"),
    "r_concepts": ("different concepts", "不同概念"),
    "r_variant": ("abbreviation or variant", "缩略或异体"),
    "r_alignment": ("alignment error", "对齐错误"),
    "r_quotation": ("fixed quotation", "引文固定"),
    "r_synonyms_means": ("two words for one thing: choose one", "一物二词，须择其一"),
    "r_concepts_means": ("the term has two senses: split it", "一词二义，应予拆分"),
    "r_variant_means": ("one name in two forms", "同一名称的两种形式"),
    "r_alignment_means": ("it renders something else: check the pair", "对应的是别的词语，请核对句对"),
    "r_quotation_means": ("nobody chose it: a text is quoted", "并非择词所致，而是引用原文"),
    "set_aside": ("Set aside: {n}", "已搁置：{n} 条"),
    "bring_back": ("bring back", "恢复"),
    "recalled": ("It is back in the inbox.", "已恢复到待办。"),
    "no_alerts": (
        "No alerts: no approved entry is contradicted by the documents, or all alerts are set aside.",
        "没有提示：已核准的条目与文件用法一致，或提示均已搁置。",
    ),
    "dismiss": ("Dismiss", "忽略"),
    "dismissed": ("Dismissed until there is new evidence.", "已忽略，有新证据时再次提示。"),
    "open_entry": ("Open the entry", "打开条目"),
    "test_again": ("Test the approved entries by all documents again", "用全部文件重新检验已核准条目"),
    "tested": ("Tested; new alerts: {n}.", "已检验，新增提示 {n} 条。"),
    "d_unused": ("preferred term no longer used", "首选术语不再使用"),
    "d_counter": ("counter-example", "反例"),
    "d_deprecated": ("forbidden term back in use", "禁用术语重现"),
    "alert_unused": (
        "“{term}” stands in {n} pairs without “{preferred}”.",
        "“{term}”出现 {n} 处，均未译作“{preferred}”。",
    ),
    "alert_counter": (
        "“{term}” is “{subject}” instead of “{preferred}”, in {n} pairs.",
        "“{term}”译作“{subject}”而非“{preferred}”，共 {n} 处。",
    ),
    "alert_deprecated": (
        "“{subject}”, which is forbidden, renders “{term}” in {n} pairs; preferred is “{preferred}”.",
        "禁用的“{subject}”被用来翻译“{term}”，共 {n} 处；首选为“{preferred}”。",
    ),
}
