"""Findings as a page, a Word document with comments, and SARIF."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from check_made_up import checked, draft, simple
from lxml import html

from align.errors import OutputError
from glossary.checking.findings import Kind, Report
from glossary.checking.reports import check_outputs, write_report
from glossary.checking.reports.page import dump as page
from glossary.checking.reports.page_style import STYLE
from glossary.checking.reports.sarif import dump as sarif
from glossary.checking.reports.word import dump as word
from glossary.dismissals import Dismissal

HOSTILE = "<script>alert(1)</script> & \0 \ud800 ]]> \"'>"


def report(hostile: bool = False) -> Report:
    """Two findings: a number, and a forbidden term; with hostile text around them on request."""
    extra = HOSTILE if hostile else ""
    of = draft(
        ("监察站共有150人。" + extra, "The observing station has 250 people." + extra),
        ("没有问题。", "Nothing is wrong."),
        ("一。", "One."),
        ("二。", "Two."),
    )
    return checked(of, simple(1, "观测站", "observing station", "监察站"))


def dismissed(found: Report) -> Report:
    gone = next(one for one in found.findings if one.kind is Kind.NUMBER)
    said = Dismissal(gone.key, "check", "line", True, "<b>as in the source</b>", "anna", "2026-01-02T03:04:05+00:00")
    kept = tuple(one for one in found.findings if one is not gone)
    return replace(found, findings=kept, dismissed=(gone,), reasons={gone.key: said})


def test_sarif_names_rule_place_and_key_of_each_finding() -> None:
    found = report()
    log = json.loads(sarif(found))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [str(kind) for kind in Kind]
    first, second = run["results"]
    assert (first["ruleId"], second["ruleId"]) == ("forbidden-term", "number")
    assert all(one["ruleIndex"] == list(Kind).index(Kind(one["ruleId"])) for one in run["results"])
    assert second["level"] == "error"
    assert second["message"] == {"text": "The original has 250, the translation 150."}
    assert second["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "draft.zh.txt"},
                "region": {"charOffset": 5, "charLength": 3, "snippet": {"text": "150"}},
            },
            "logicalLocations": [{"name": "1", "fullyQualifiedName": "paragraph 1", "kind": "paragraph"}],
        }
    ]
    assert second["relatedLocations"][0]["physicalLocation"]["region"]["snippet"] == {"text": "250"}
    assert second["partialFingerprints"] == {"duizhao/v1": found.findings[1].key}
    assert "suppressions" not in second


def test_sarif_says_what_was_dismissed_and_why() -> None:
    results = json.loads(sarif(dismissed(report())))["runs"][0]["results"]
    assert [(one["ruleId"], "suppressions" in one) for one in results] == [("forbidden-term", False), ("number", True)]
    assert results[1]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "<b>as in the source</b>",
            "properties": {"user": "anna", "time": "2026-01-02T03:04:05+00:00"},
        }
    ]


def test_the_document_is_the_translation_with_a_comment_at_each_place() -> None:
    found = report()
    read = docx.Document(BytesIO(word(found)))
    assert [one.text for one in read.paragraphs] == ["监察站共有150人。", "没有问题。", "一。", "二。"]
    texts = [comment.text for comment in read.comments]
    assert len(texts) == 2
    assert texts[0].startswith("✕ error · forbidden term 使用禁用术语\n“监察站” is not to be used; use “观测站”.")
    assert found.findings[1].key[:10] in texts[1]
    marked = re.findall(r"commentRangeStart[^>]*/>(.*?)<w:commentRangeEnd", read.paragraphs[0]._p.xml, re.DOTALL)
    assert [re.findall(r"<w:t[^>]*>([^<]*)<", one) for one in marked] == [["监察站"], ["150"]]


def test_the_page_shows_both_texts_with_marks_and_findings_in_both_languages() -> None:
    tree = html.fromstring(page(report()).decode())
    assert [one.text for one in tree.iter("mark")] == ["监察站", "150", "observing station", "250"]
    assert [one.get("lang") for one in tree.xpath("//div[contains(@class, 'text')]")[:2]] == ["zh-Hans", "en"]
    sentences = [one.text_content() for one in tree.xpath("//article/p[1]/span")]
    assert sentences == [
        "“监察站” is not to be used; use “观测站”.",
        "“监察站”不宜使用，应作“观测站”。",
        "The original has 250, the translation 150.",
        "原文为250，译文为150。",
    ]
    assert [one.text_content() for one in tree.xpath("//p[@class='gap']/span[1]")] == []


def test_the_page_asks_the_network_for_nothing_and_runs_no_script() -> None:
    text = page(report()).decode()
    assert re.findall(r"(?:src|href)=|url\(|@import|<script|\bon\w+=", text) == []
    assert "default-src 'none'" in text
    assert "light dark" in STYLE


def test_hostile_text_is_shown_and_never_run() -> None:
    found = dismissed(report(hostile=True))
    text = page(found).decode()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;as in the source&lt;/b&gt;" in text
    assert "<script>alert(1)</script>" in docx.Document(BytesIO(word(found))).paragraphs[0].text
    results = json.loads(sarif(found))["runs"][0]["results"]
    assert results[0]["properties"]["texts"]["en"].endswith(HOSTILE)


@pytest.mark.parametrize("pair", [("#FBFAF7", "#5F5E58"), ("#FBFAF7", "#AE2F23"), ("#FBFAF7", "#8A5A00"),
                                  ("#16181A", "#A5A39C"), ("#16181A", "#F28B7F"), ("#16181A", "#DDA83F"),
                                  ("#FFE9A8", "#1E1E1C"), ("#5A4A12", "#E8E6E1"), ("#1F4A2E", "#E8E6E1")])  # fmt: skip
def test_every_colour_of_words_stands_out(pair: tuple[str, str]) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert all(colour in STYLE for colour in pair)
    one, two = sorted(map(light, pair))
    assert (two + 0.05) / (one + 0.05) >= 4.5


def test_a_draft_without_findings_makes_reports_too() -> None:
    found = checked(draft(("一。", "One.")))
    assert "Nothing was found." in page(found).decode()
    assert json.loads(sarif(found))["runs"][0]["results"] == []
    assert len(list(docx.Document(BytesIO(word(found))).comments)) == 0


def test_where_a_file_cannot_be_written_is_said_before_anything_is_checked(tmp_path: Path) -> None:
    text = tmp_path / "zh.docx"
    text.write_text("x")
    for paths, said in (
        ([tmp_path / "r.pdf"], "r.pdf has no ending that says what to write; end it in .html, .docx or .json."),
        ([text], f"{text} is what is checked and would be lost; name another file to write."),
        ([tmp_path / "a.html", tmp_path / "a.html"], "the same file is named twice with -o; name each once."),
    ):
        with pytest.raises(OutputError) as error:
            check_outputs(paths, [text])
        assert str(error.value) == said


def test_several_reports_are_written_at_once(tmp_path: Path) -> None:
    write_report(report(), [tmp_path / "r.HTML", tmp_path / "r.docx", tmp_path / "r.json"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.HTML", "r.docx", "r.json"]
