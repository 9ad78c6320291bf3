"""What the app says, in English and in Chinese; every page has the words of its own in its ``words`` module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Tongue = Literal["en", "zh"]
TONGUES: Final[Mapping[Tongue, str]] = {"en": "English", "zh": "中文"}
Table = Mapping[str, tuple[str, str]]  # by key: English, Chinese


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says in one language of the interface."""

    table: Table
    tongue: Tongue

    def __call__(self, key: str, **values: object) -> str:
        """The words for ``key``; ``values`` fill its places, numbers with their thousands apart."""
        text = (self.table.get(key) or COMMON[key])[0 if self.tongue == "en" else 1]
        return text.format(**{name: _written(value) for name, value in values.items()})


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


COMMON: Final[Table] = {
    "look_up": ("Look up", "检索"),
    "align": ("Align", "对齐"),
    "review": ("Review", "审核"),
    "glossary": ("Glossary", "术语库"),
    "check": ("Check", "检查"),
    "corpus": ("Corpus", "语料库"),
    "interface": ("Language of this page", "界面语言"),
    "you": ("You are {name}: {role}", "您是 {name}：{role}"),
    "sign_in": ("Sign in", "登录"),
    "sign_out": ("Sign out", "退出登录"),
    "sign_in_first": (
        "Sign in to look things up here: this corpus is open to people with an account only.",
        "请先登录：本语料库仅对有账户者开放。",
    ),
    "undo": ("Undo", "撤销"),
    "redo": ("Redo", "重做"),
    "undone": ("Undone.", "已撤销。"),
    "cancel": ("Cancel", "取消"),
    "download": ("Download", "下载"),
    "format": ("Format", "格式"),
    "copy": ("copy", "复制"),
    "copied": ("copied", "已复制"),
    "empty": (
        "The corpus is empty. Add a Chinese document with its English original on the page “Align”, or load the "
        "sample: made-up resolutions in both languages, with a small glossary.",
        "语料库为空。可在“对齐”页添加中文文件及其英文原文，或载入样例：一组虚构的中英文决议及小型术语库。",
    ),
    "load_sample": ("Load the sample", "载入样例"),
    "table": ("as a table", "以表格显示"),
    "reader": ("reader", "读者"),
    "translator": ("translator", "翻译"),
    "terminologist": ("terminologist", "术语员"),
    "administrator": ("administrator", "管理员"),
    # workflow
    "w_candidate": ("candidate", "候选"),
    "w_proposed": ("proposed", "建议"),
    "w_in-review": ("in review", "审核中"),
    "w_approved": ("approved", "已核准"),
    "w_rejected": ("rejected", "已否决"),
    "w_retired": ("retired", "已停用"),
    # usage
    "u_preferred": ("preferred", "首选"),
    "u_admitted": ("admitted", "可用"),
    "u_deprecated": ("forbidden", "禁用"),
    "u_superseded": ("superseded", "已过时"),
    "u_": ("not said", "未定"),
    # how far a pair may be relied on
    "v_checked": ("✓ checked", "✓ 已核对"),
    "v_good": ("automatic", "自动"),
    "v_fair": ("automatic", "自动"),
    "v_doubtful": ("▲ doubtful", "▲ 存疑"),
    "zh_language": ("Chinese", "中文"),
    "en_language": ("English", "英文"),
    "paragraph": ("para.", "段"),
}


def words_of(table: Table, tongue: Tongue) -> Words:
    """The words of a page in a language."""
    return Words(table, tongue)
