"""The page in the browser, without a browser."""

from __future__ import annotations

import pytest
from commands import CHINESE, ENGLISH, ROOT
from streamlit.testing.v1 import AppTest

from align.table import BeadKind, BeadRecord
from ui.facing import facing


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.syspath_prepend(str(ROOT))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def page(app: AppTest) -> str:
    return app.get("html")[0].proto.body


def test_the_first_page_says_what_to_do(app: AppTest) -> None:
    assert not app.exception
    assert app.info[0].value.startswith("Choose both documents (.docx, .pdf, .html, .md or .txt) and press Align")
    assert [button.label for button in app.button] == ["Align", "Try the sample"]


def test_the_sample_is_aligned_and_shown(app: AppTest) -> None:
    app.button("sample").click().run()
    assert not app.exception
    assert app.markdown[0].value.startswith("69 Chinese and 69 English paragraphs · ")
    assert page(app).count('<div class="bead ') == len(app.session_state["table"].records)
    assert app.caption[0].value == app.session_state["table"].signature


def test_the_doubtful_come_first_on_request(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.table.DOUBTFUL_BELOW", 0.99)  # the sample has no doubtful pair at the usual bar
    app.button("sample").click().run()
    records = app.session_state["table"].records
    doubtful = [record for record in records if record.doubtful]
    assert 0 < len(doubtful) < len(records)
    assert page(app) == facing(records, "zh-Hans", "English")
    app.toggle("doubtful").set_value(True).run()
    others = [record for record in records if not record.doubtful]
    assert page(app) == facing([*doubtful, *others], "zh-Hans", "English")


def test_two_uploaded_documents_are_aligned(app: AppTest) -> None:
    app.file_uploader("zh").set_value(("zh.txt", CHINESE.encode(), "text/plain"))
    app.file_uploader("en").set_value(("../../en.txt", ENGLISH.encode(), "text/plain"))
    app.button("align").click().run()
    assert not app.exception
    assert app.markdown[0].value.startswith("2 Chinese and 2 English paragraphs · ")
    assert app.session_state["table"].provenance.en_source == "en.txt"


def test_a_problem_is_one_sentence_and_goes_when_it_is_mended(app: AppTest) -> None:
    app.button("align").click().run()
    assert [error.value for error in app.error] == ["Choose both documents first, or try the sample."]
    for side in ("zh", "en"):
        app.file_uploader(side).set_value((f"{side}.txt", CHINESE.encode(), "text/plain"))
    app.button("align").click().run()
    assert [error.value for error in app.error] == [
        "zh.txt and en.txt are both Chinese: give a Chinese document and its English original, "
        "or --force to align them all the same."
    ]
    app.button("sample").click().run()
    assert len(app.error) == 0


def test_the_page_speaks_chinese(app: AppTest) -> None:
    app.segmented_control("tongue").set_value("中文").run()
    assert [button.label for button in app.button] == ["对齐", "试用样例"]
    app.button("sample").click().run()
    assert app.markdown[0].value.startswith("中文 69 段，英文 69 段 · ")


def test_text_from_a_document_stays_text() -> None:
    record = BeadRecord((0,), (), "<script>alert(1)</script>", "", None, 0.5, BeadKind.ZH_ONLY)
    rows = facing([record], "zh-Hant", "English").partition("</style>")[2]
    assert rows == (
        '<div class="facing"><div class="bead doubtful"><div class="number"></div>'
        '<div class="text" lang="zh-Hant">&lt;script&gt;alert(1)&lt;/script&gt;</div>'
        '<div class="missing">— Not in the English text</div>'
        '<div class="sure">0.50<span>▲ doubtful</span></div></div></div>'
    )
