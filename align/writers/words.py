"""The words of the outputs in English and Chinese, in one place. ``{n}`` is a count."""

from __future__ import annotations

from typing import Final

# Fonts that Word and Excel have on every system with Chinese; False is simplified, True traditional.
CHINESE_FONTS: Final = {False: "SimSun", True: "PMingLiU"}

# What the word of a verdict means, for the "About" sheet and the foot of a page.
LEGEND: Final = {
    "checked": "confirmed by a person",
    "good": "automatic, confidence 0.90 or more",
    "fair": "automatic, confidence 0.60 to 0.89",
    "doubtful": "automatic, confidence below 0.60: look at it before relying on it",
}

# Key → (English, Chinese). A key with a count has a twin with the suffix "_one" where English needs it.
PAGE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "paragraph": ("{n} paragraphs", "{n} 段"),
    "paragraph_one": ("{n} paragraph", "{n} 段"),
    "sentence": ("{n} sentences", "{n} 句"),
    "sentence_one": ("{n} sentence", "{n} 句"),
    "linked": ("{n} linked", "{n} 处对应"),
    "zh_only": ("{n} only in Chinese", "{n} 处仅见于中文"),
    "en_only": ("{n} only in English", "{n} 处仅见于英文"),
    "doubtful": ("{n} doubtful", "{n} 处存疑"),
    "show_all": ("All", "全部"),
    "show_doubtful": ("Doubtful", "存疑"),
    "show_one_sided": ("One-sided", "单边"),
    "next": ("next doubtful", "下一处存疑"),
    "previous": ("previous", "上一处"),
    "find": ("Find in both texts", "在两种文本中查找"),
    "found": ("{n} rows", "{n} 行"),
    "found_one": ("{n} row", "{n} 行"),
    "at": ("{n} doubtful", "存疑 {n}"),
    "none_doubtful": ("nothing doubtful here", "此处没有存疑之处"),
    "nothing": ("Nothing to show here. Choose “All” or clear the search.", "没有可显示的内容。请选“全部”或清除查找。"),
    "empty": ("Neither document has any text to align.", "两份文件均无可对齐的文本。"),
    "dark": ("Dark", "深色"),
    "light": ("Light", "浅色"),
    "theme": ("Light or dark", "浅色或深色"),
    "chinese": ("Chinese", "中文"),
    "english": ("English", "英文"),
    "confidence": ("Confidence", "置信度"),
    "no_zh": ("Not in the Chinese text", "中文本中没有"),
    "no_en": ("Not in the English text", "英文本中没有"),
    "v_checked": ("checked", "已核对"),
    "v_good": ("automatic", "自动"),
    "v_fair": ("automatic", "自动"),
    "v_doubtful": ("doubtful", "存疑"),
    "k_moved": ("moved", "移位"),
    "k_list": ("list", "列表"),
    "moved_why": ("stands elsewhere in the other language", "在另一种语言中位置不同"),
    "list_why": ("sorted differently in each language", "两种语言排序不同"),
    "similarity": ("similarity {n}", "相似度 {n}"),
    "controls": ("Filter, find and display", "筛选、查找与显示"),
    "about": ("About this alignment", "关于本对齐"),
    "symbol": ("Symbol", "文号"),
    "date": ("Date", "日期"),
    "body": ("Body", "机构"),
    "session": ("Session", "届会"),
    "agenda_item": ("Agenda item", "议程项目"),
    "zh_source": ("Chinese file", "中文文件"),
    "en_source": ("English file", "英文文件"),
    "signature": ("Signature", "签名"),
    "legend": ("How to read the bars", "色条说明"),
    "legend_good": ("green: confidence 0.90 or more", "绿色：置信度 0.90 及以上"),
    "legend_fair": ("amber: 0.60 to 0.89", "琥珀色：0.60 至 0.89"),
    "legend_doubtful": ("red: below 0.60, doubtful", "红色：低于 0.60，存疑"),
    "legend_solid": ("solid: checked by a person", "实线：经人工核对"),
    "legend_striped": ("striped: automatic", "条纹：自动对齐"),
    "anchors_why": (
        "dotted: numbers, dates and symbols that both texts share",
        "点线：两种文本共有的数字、日期和文号",
    ),
}
