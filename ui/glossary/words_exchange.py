"""What import and export say, in English and in Chinese."""

from __future__ import annotations

from typing import Final

from ui.words import Table

EXCHANGE: Final[Table] = {
    "import_what": (
        "TBX, CSV, TSV, Excel, UTX, OmegaT or JSON, or a review pack that came back. Nothing changes before you have "
        "seen what would.",
        "支持 TBX、CSV、TSV、Excel、UTX、OmegaT、JSON 以及交回的审阅包。先显示将作的变更，确认后才会写入。",
    ),
    "import_file": ("File of terms", "术语文件"),
    "state_added": ("new", "新增"),
    "state_unchanged": ("unchanged", "不变"),
    "state_changed": ("with something more", "有所补充"),
    "state_conflict": ("in conflict", "有冲突"),
    "import_nothing": (
        "Nothing to import: all that is in this file is in the glossary already.",
        "无须导入：文件中的内容术语库均已具备。",
    ),
    "code_is": ("What does the language code “{code}” stand for?", "语种代码“{code}”指哪种语言？"),
    "leave_code": ("leave it as it is", "保持原样"),
    "for_all": ("Where the file contradicts the glossary", "文件与术语库矛盾时"),
    "choice": ("Choice", "选择"),
    "choice_mine": ("keep mine", "保留我的"),
    "choice_theirs": ("take theirs", "采用文件的"),
    "choice_both": ("both: a second entry", "两者并存：另立条目"),
    "choice_skip": ("skip", "跳过"),
    "as_all": ("as chosen for all", "与总选项一致"),
    "page": ("Page", "页"),
    "here": ("in the glossary", "术语库"),
    "in_file": ("in the file", "文件"),
    "if_in": ("{name} ({language})", "{language}的{name}"),
    "if_subject": ("subject", "专题"),
    "if_note": ("note", "备注"),
    "if_preferred": ("preferred term", "首选术语"),
    "if_definition": ("definition", "定义"),
    "if_term": ("term", "术语"),
    "will_do": ("This will add {new} concepts and change {changed}.", "将新增 {new} 个概念，修改 {changed} 个概念。"),
    "import_do": ("Import", "导入"),
    "importing": ("Importing …", "正在导入……"),
    "imported": ("Imported: {new} new, {changed} changed.", "已导入：新增 {new} 个，修改 {changed} 个。"),
    "last_import": ("“{source}” was imported as one change.", "“{source}”已作为一次变更导入。"),
    "undo_import": ("Undo the import", "撤销导入"),
    "pack_counts": (
        "concepts that would change: {changed} · to look at: {open}",
        "将修改 {changed} 个概念 · 须留意 {open} 个",
    ),
    "pack_take": ("Take in the review", "收入审阅意见"),
    "pack_taken": ("Taken in: {n} concepts, {comments} comments.", "已收入：{n} 个概念，{comments} 条评论。"),
    "pack_gone": (
        "It is gone from the glossary; the review of it is not taken.",
        "该概念已不在术语库中，不收入其审阅意见。",
    ),
    "kept_here": ("as it is here: {text}", "保持现状：{text}"),
    "reviewers": ("the reviewer's: {text}", "采用审阅人的：{text}"),
    "reviewer_said": ("reviewer:", "审阅人："),
    "export_what": (
        "Write the glossary, or a part of it, for another program, or as a pack for a reviewer without an account, who "
        "edits it in Excel and sends it back.",
        "将术语库或其一部分导出供其他程序使用，或导出为审阅包，供没有账户的审阅人在 Excel 中修改后交回。",
    ),
    "x_tbx": ("TBX v3 (ISO 30042:2019)", "TBX v3（标准 ISO 30042:2019）"),
    "x_tbx-dct": ("TBX v3, style DCT", "TBX v3，DCT 样式"),
    "x_tbx-v2": ("TBX v2, for older CAT tools", "TBX v2，供旧版翻译软件使用"),
    "x_csv": ("CSV, one row a term", "CSV，每行一条术语"),
    "x_tsv": ("Tab-separated, one row a term", "制表符分隔，每行一条术语"),
    "x_xlsx": ("Excel, one row a term", "Excel，每行一条术语"),
    "x_utx": ("UTX 1.11, pairs", "UTX 1.11，双语对照"),
    "x_omegat": ("OmegaT glossary", "OmegaT 术语表"),
    "x_json": ("JSON, everything", "JSON，全部内容"),
    "x_pack": ("Review pack (Excel), to be sent back", "审阅包（Excel），供审阅后交回"),
    "so_many_concepts": ("{n} concepts", "{n} 个概念"),
    "prepare": ("Prepare the file", "生成文件"),
    "preparing": ("Preparing the file …", "正在生成文件……"),
    "download_as": ("Download {name}", "下载 {name}"),
}
