"""What the page “Align” says, in English and in Chinese."""

from __future__ import annotations

from typing import Final

from ui.words import Table

WORDS: Final[Table] = {
    # choosing
    "title": ("Align a Chinese document with its English original", "中文文件与英文原文对齐"),
    "welcome": (
        "Choose a Chinese document and its English original, or many of both: they are paired by their names and "
        "symbols. .docx, .pdf, .html, .md, .txt; files of aligned pairs too (.tmx, .xlsx, .csv, .tsv).",
        "请选择中文文件及其英文原文，也可一次选择多份，系统将按文件名和文号配对。支持 .docx、.pdf、.html、.md、.txt，"
        "以及已对齐的句对文件（.tmx、.xlsx、.csv、.tsv）。",
    ),
    "level": ("What is aligned", "对齐单位"),
    "paragraph_level": ("paragraphs", "段落"),
    "sentence_level": ("sentences", "句子"),
    "align_button": ("Align", "对齐"),
    "sample": ("Try the sample", "试用样例"),
    "two": ("Choose two files first, or try the sample.", "请先选择两份文件，或试用样例。"),
    "reader_only": ("Your role may read but not add documents.", "您的角色只能阅读，不能添加文件。"),
    # working
    "planning": ("Finding out which files belong together …", "正在给文件配对……"),
    "working": ("{k} of {n}: {name}", "第 {k} 份，共 {n} 份：{name}"),
    "stop": ("Stop", "停止"),
    "stopped": ("Stopped. What was aligned before is kept.", "已停止。此前完成的对齐均已保留。"),
    "results": ("Files chosen", "所选文件"),
    "aligned": ("aligned", "已对齐"),
    "open": ("open", "打开"),
    "alone": (
        "its other language is neither here nor in the corpus: choose both files together.",
        "所选文件和语料库中均无其另一语文版本：请同时选择两份文件。",
    ),
    "left_out": ("left out: {why}", "未处理：{why}"),
    "force": ("align them all the same", "仍然对齐"),
    "are_pairs": ("pairs that are aligned already: {n}", "已对齐的句对：{n} 个"),
    "add_pairs": ("add them to the corpus", "加入语料库"),
    "in_corpus": ("in the corpus", "已加入语料库"),
    "clear": ("Clear", "清除"),
    # drafts
    "drafts": ("Work in progress", "进行中的工作"),
    "draft_counts": (
        "rows {rows} · doubtful {doubtful} · corrections {edits} · {time}",
        "{rows} 行 · {doubtful} 行存疑 · {edits} 处修改 · {time}",
    ),
    "discard": ("discard", "放弃"),
    "discarded": ("“{name}” was discarded.", "已放弃“{name}”。"),
    "bring_back": ("Bring it back", "恢复"),
    # the draft
    "all_drafts": ("All work in progress", "所有进行中的工作"),
    "accept": ("Accept into the corpus", "纳入语料库"),
    "over": ("Put it in its place all the same", "仍然替换"),
    "accepting": ("Storing …", "正在保存……"),
    "begun_by": ("begun by {user}", "由 {user} 开始"),
    "counts": (
        "{zh} Chinese and {en} English paragraphs · {linked} linked · {zh_only} only in Chinese · "
        "{en_only} only in English · {doubtful} doubtful · {checked} checked",
        "中文 {zh} 段，英文 {en} 段 · {linked} 处对应 · {zh_only} 处仅见于中文 · "
        "{en_only} 处仅见于英文 · {doubtful} 处存疑 · {checked} 处已核对",
    ),
    "counts_sentences": (
        "{zh} Chinese and {en} English sentences · {linked} linked · {zh_only} only in Chinese · "
        "{en_only} only in English · {doubtful} doubtful · {checked} checked",
        "中文 {zh} 句，英文 {en} 句 · {linked} 处对应 · {zh_only} 处仅见于中文 · "
        "{en_only} 处仅见于英文 · {doubtful} 处存疑 · {checked} 处已核对",
    ),
    "counts_aside": (" · {n} set aside", " · {n} 行不计"),
    "row_of": ("row {k} of {n}", "第 {k} 行，共 {n} 行"),
    "go": ("row {k}", "第 {k} 行"),
    "doubtful_next": ("next doubtful", "下一存疑"),
    "doubtful_previous": ("previous doubtful", "上一存疑"),
    "row_next": ("next row", "下一行"),
    "row_previous": ("previous row", "上一行"),
    "page_next": ("rows {first}–{last} ›", "第 {first}–{last} 行 ›"),
    "page_previous": ("‹ rows {first}–{last}", "‹ 第 {first}–{last} 行"),
    "merge": ("merge with next", "与下一行合并"),
    "split": ("split", "拆分"),
    "cut": ("split here", "在此拆分"),
    "unlink": ("unlink", "解除对应"),
    "link": ("link with …", "与……对应"),
    "link_here": ("link with row {k}", "与第 {k} 行对应"),
    "linking": (
        "Row {k} is to be linked: go to the row that belongs to it and press L.",
        "正在为第 {k} 行指定对应：请转到对应的行，按 L 键。",
    ),
    "aside": ("set aside", "不计入"),
    "back": ("bring back", "恢复计入"),
    "is_aside": ("set aside: in no count", "不计入"),
    "confirm": ("confirm", "核对无误"),
    "unconfirm": ("not checked", "取消核对"),
    "up": ("first paragraph up", "首段上移"),
    "down": ("last paragraph down", "末段下移"),
    "no_zh": ("Not in the Chinese text", "中文本中没有"),
    "no_en": ("Not in the English text", "英文本中没有"),
    "k_moved": ("moved", "移位"),
    "k_list": ("list", "列表"),
    "download_as": ("Download as …", "下载为……"),
    # after accepting
    "accepted": (
        "{name} is in the corpus: {n} rows, {checked} checked.",
        "{name} 已纳入语料库：{n} 行，{checked} 行已核对。",
    ),
    "accepted_see": ("See it on the page “Corpus”", "在“语料库”页查看"),
    "accepted_again": ("Correct it again", "继续修改"),
    "accepted_next": ("Align another document", "对齐其他文件"),
    "drift": (
        "{n} approved entries of the glossary are contradicted by it:",
        "术语库中有 {n} 条已核准的条目与该文件不一致：",
    ),
    "drift_see": ("See the alerts", "查看提示"),
    "not_tested": ("The approved entries were not tested by it: {why}", "未能用该文件检验已核准的条目：{why}"),
}
