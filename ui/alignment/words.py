"""What the page “Align” says, in English and in Chinese."""

from __future__ import annotations

from typing import Final

from ui.words import Table

WORDS: Final[Table] = {
    "title": ("Align a Chinese document with its English original", "中文文件与英文原文对齐"),
    "zh": ("Chinese document", "中文文件"),
    "en": ("English original", "英文原文"),
    "align": ("Align", "对齐"),
    "sample": ("Try the sample", "试用样例"),
    "working": ("Reading and aligning …", "正在读取并对齐……"),
    "welcome": (
        "Choose both documents (.docx, .pdf, .html, .md or .txt) and press Align, or try the sample: a draft "
        "resolution in both languages. Nothing leaves this machine.",
        "请选择两份文件（.docx、.pdf、.html、.md 或 .txt）并按“对齐”，或试用样例：一份中英文决议草案。"
        "文件不会离开本机。",
    ),
    "two": ("Choose both documents first, or try the sample.", "请先选择两份文件，或试用样例。"),
    "doubtful": ("Doubtful first", "存疑在前"),
    "format": ("Format", "格式"),
    "download": ("Download", "下载"),
    "paragraphs": (
        "{zh} Chinese and {en} English paragraphs · {linked} linked · {zh_only} only in Chinese · "
        "{en_only} only in English · {doubtful} doubtful",
        "中文 {zh} 段，英文 {en} 段 · {linked} 处对应 · {zh_only} 处仅见于中文 · "
        "{en_only} 处仅见于英文 · {doubtful} 处存疑",
    ),
    "no_zh": ("Not in the Chinese text", "中文本中没有"),
    "no_en": ("Not in the English text", "英文本中没有"),
    "v_checked": ("✓ checked", "✓ 已核对"),
    "v_good": ("automatic", "自动"),
    "v_fair": ("automatic", "自动"),
    "v_doubtful": ("▲ doubtful", "▲ 存疑"),
    "k_moved": ("moved", "移位"),
    "k_list": ("list", "列表"),
}
