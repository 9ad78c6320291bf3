"""The page “Align” without a browser: what a click means, what is shown, and that text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import CHINESE, ENGLISH, ROOT, SAMPLES
from store_made_up import EN, ZH, bead, document, pair_file, table
from streamlit.testing.v1 import AppTest

from align.editing import SetAside
from align.editing_session import Session
from align.errors import InputError
from align.table import BeadKind, BeadRecord
from glossary.desk import Desk
from glossary.glossary import Glossary
from glossary.rules import Role
from models import load_embedded
from search.corpus import Corpus
from search.database import Database
from search.drafts import Listed
from search.records import StoredDocument
from search.uploads import Upload, laid_down
from ui.alignment import jobs
from ui.alignment.accepting import accepted_html
from ui.alignment.acts import PAGE, Place, next_doubtful, step
from ui.alignment.draft import counts_html
from ui.alignment.facing import KEYS, Facing
from ui.alignment.jobs import Queue, Result, Task, planned
from ui.alignment.listing import drafts_html, results_html
from ui.alignment.words import WORDS
from ui.words import Tongue, words_of

EVIL = "<script>alert(1)</script>"
SAFE = "&lt;script&gt;alert(1)&lt;/script&gt;"


def session() -> Session:
    return Session.of(table(), document("zh"), document("en"))


def html(one: Session, place: Place | None = None, tongue: Tongue = "en", may_edit: bool = True) -> str:
    return Facing(one, place or Place(), "zh-Hans", words_of(WORDS, tongue), may_edit).html()


# what a click means


def test_an_act_is_a_correction_and_the_current_row_stays_with_its_text() -> None:
    found = step({"act": "merge"}, session(), Place(1))
    assert [record.en for record in found.session.table.records] == [(0,), (1, 2), (3,)]
    assert found.place == Place(1)
    again = step({"act": "split"}, found.session, found.place)
    assert len(again.session.rows) == 4
    assert step({"act": "undo"}, again.session, Place(3)).place == Place(1)
    assert step({"act": "redo"}, again.session.undo(), Place(0)).session.rows == again.session.rows


def test_keys_lead_through_the_rows_and_stop_at_the_ends() -> None:
    assert step({"act": "next"}, session(), Place(0)).place == Place(1)
    assert step({"act": "next"}, session(), Place(3)).place == Place(3)
    assert step({"act": "previous"}, session(), Place(0)).place == Place(0)
    assert step({"act": "go", "row": "2"}, session(), Place(0)).place == Place(2)
    assert step({"act": "go", "row": "999"}, session(), Place(0)).place == Place(3)


def test_doubtful_rows_are_found_round_the_ends_and_none_where_all_are_checked() -> None:
    sure, unsure = bead([0], [0]), BeadRecord((1,), (1,), ZH[1], EN[1], 0.3, 0.2, BeadKind.LINK)
    one = Session.of(table(records=[sure, unsure, bead([2], [2])]))
    assert step({"act": "doubt", "way": "down"}, one, Place(2)).place == Place(1)
    assert step({"act": "doubt", "way": "up"}, one, Place(0)).place == Place(1)
    checked = step({"act": "confirm"}, one, Place(1)).session
    assert next_doubtful(checked.rows, 0, 1) is None
    assert next_doubtful(one.do(SetAside(1)).rows, 0, 1) is None


def test_linking_is_begun_at_one_row_and_ended_at_another() -> None:
    one = Session.of(table(records=[bead([0], []), bead([1], [1]), bead([], [0])]))
    begun = step({"act": "link"}, one, Place(0))
    assert begun.place == Place(0, link=0)
    assert step({"act": "next"}, one, begun.place).place == Place(1, link=0)
    assert step({"act": "cancel"}, one, begun.place).place == Place(0)
    linked = step({"act": "link"}, one, Place(2, link=0))
    assert [(record.zh, record.en) for record in linked.session.table.records] == [((1,), (1,)), ((0,), (0,))]
    assert linked.place == Place(1)


def test_an_act_that_nobody_knows_is_refused() -> None:
    for act in ({"act": "dance"}, {}, {"act": "split", "zh": "x"}):
        with pytest.raises(InputError):
            step(act, session(), Place(0))


# what is shown


def test_text_from_a_document_stays_text() -> None:
    record = BeadRecord((0,), (), EVIL, "", None, 0.5, BeadKind.ZH_ONLY, number=EVIL)
    shown = html(Session.of(table(records=[record])))
    assert SAFE in shown
    assert "<script" not in shown
    words = words_of(WORDS, "en")
    results = [
        Result(EVIL, problem=EVIL, notes=(EVIL,)),
        Result(EVIL, left_out=EVIL),
        Result(EVIL, alone=True),
        Result(EVIL, pairs=3),
        Result(EVIL, draft=1),
    ]
    stored = StoredDocument(1, table().provenance, EVIL, "", "documents", ("zh",), "paragraph", "", "", "", 1)
    draft = Listed(1, "anna", "anna", EVIL, None, 3, 1, 0, "2026-01-02T03:04:05+00:00")
    lists = results_html(results, words) + drafts_html([draft], words) + accepted_html(stored, words, [EVIL])
    assert "<script" not in lists
    assert lists.count(SAFE) == 10


def test_what_both_sides_share_is_marked_on_both() -> None:
    zh, en = ["2024年12月19日通过A/RES/79/901。"], ["Adopted on 19 December 2024, with 7 others, as A/RES/79/901."]
    shown = html(Session.of(table(records=[bead([0], [0], zh, en)])))
    for text in ("2024年12月19日", "19 December 2024", "A/RES/79/901"):
        assert f'<mark class="dz-anchor">{text}</mark>' in shown
    assert '<mark class="dz-anchor">7</mark>' not in shown


def test_only_a_window_of_a_long_document_is_shown() -> None:
    count = 5 * PAGE
    texts = [f"第{k}段。" for k in range(count)]
    one = Session.of(table(zh=texts, en=[f"Paragraph {k}." for k in range(count)]))
    shown = html(one, Place(2 * PAGE + 3))
    assert shown.count('class="al-row ') == PAGE
    assert 'id="al-row-80"' in shown
    assert 'id="al-row-79"' not in shown
    assert "‹ rows 41–80" in shown
    assert "rows 121–160 ›" in shown


def test_every_key_has_a_button_that_it_presses() -> None:
    one = Session.of(table(records=[bead([0, 1], [0, 1]), bead([2], [2])]), document("zh"), document("en"))
    shown = html(one, Place(0, link=1))
    assert {name for name in KEYS.values() if f'class="st-key-{name}"' not in shown} == set()


def test_who_may_only_read_sees_no_action() -> None:
    shown = html(session(), may_edit=False)
    assert 'data-act="merge"' not in shown
    assert 'data-act="go"' in shown


def test_what_is_set_aside_is_shown_and_counted_apart() -> None:
    aside = session().do(SetAside(1))
    assert "set aside: in no count" in html(aside)
    assert "3 linked · 0 only in Chinese · 0 only in English · 0 doubtful · 0 checked · 1 set aside" in counts_html(
        aside, words_of(WORDS, "en")
    )
    assert "1 行不计" in counts_html(aside, words_of(WORDS, "zh"))


# files


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Database.open(tmp_path / "c.sqlite"), "anna")


def run(task: Task, desk: Desk) -> Result:
    return jobs.done(task, desk, load_embedded, "paragraph", lambda _: None)


def two(zh: str = CHINESE, en: str = ENGLISH) -> tuple[Upload, ...]:
    return Upload("a.zh.txt", zh.encode()), Upload("a.en.txt", en.encode())


def test_files_become_a_draft_and_the_same_files_again_open_what_is_stored(desk: Desk) -> None:
    queue = planned(two())
    result = run(queue.waiting[0], desk)
    assert (result.problem, result.draft) == ("", 1)
    assert queue.after(result).waiting == ()
    desk.accept_draft(desk.open_draft(1))
    again = run(queue.waiting[0], desk)
    assert again.draft == 2
    assert desk.open_draft(2).document == 1


def test_files_in_any_order_are_a_pair_and_no_word_is_lost_on_it(desk: Desk) -> None:
    chinese, english = two()
    result = run(Task((english, chinese)), desk)
    draft = desk.open_draft(result.draft or 0)
    assert (result.notes, draft.base.notes) == ((), ())
    assert draft.base.table.provenance.zh_source == "a.zh.txt"


def test_a_file_that_was_left_out_is_a_problem_told_once_by_name() -> None:
    left = Result("empty.txt", left_out="empty.txt: the file is empty; save or download it again.")
    said = results_html([left], words_of(WORDS, "en"))
    assert said.count("empty.txt") == 1
    assert "▲ left out: the file is empty" in said


def test_many_files_are_paired_and_what_has_no_partner_is_told() -> None:
    queue = planned([*two(), Upload("b.en.txt", ENGLISH.encode()), Upload("b.zh.txt", CHINESE.encode())])
    assert sorted(task.label for task in queue.waiting) == ["a.zh.txt + a.en.txt", "b.zh.txt + b.en.txt"]
    assert queue.stopped().waiting == ()


def test_what_is_wrong_with_files_is_one_sentence_and_can_be_overruled(desk: Desk) -> None:
    same = Task(two(en=CHINESE))
    result = run(same, desk)
    assert result.problem.endswith("are both Chinese: give a Chinese document and its English original.")
    assert result.forcible
    queue = Queue((), (result,), 1).again(0)
    assert (queue.waiting[0].force, queue.done) == (True, ())
    assert run(queue.waiting[0], desk).draft == 1
    broken = run(Task((Upload("a.docx", b"PK\x03\x04 no archive"), two()[1])), desk)
    assert broken.problem.startswith("a.docx: ")
    assert not broken.forcible
    assert run(Task(two()[:1]), desk).alone


def test_a_document_is_aligned_with_its_other_language_in_the_corpus(desk: Desk) -> None:
    from search.adding import How

    with laid_down(two()[1:]) as paths:
        desk.add_files([str(paths[0])], How(load_embedded))
    result = run(Task(two()[:1]), desk)
    draft = desk.open_draft(result.draft or 0)
    assert (len(draft.session.rows), draft.document) == (2, 1)
    assert desk.accept_draft(draft).change == "paired"
    assert desk.corpus.list()[0].languages == ("zh", "en")


def test_a_file_of_pairs_is_counted_and_then_stored(desk: Desk) -> None:
    lines = ["zh\ten", *(f"{zh}\t{en}" for zh, en in zip(ZH, EN, strict=True))]
    task = planned([Upload("memory.tsv", "\n".join(lines).encode())]).waiting[0]
    assert run(task, desk).pairs == 4
    jobs.add_pairs(task, desk, load_embedded)
    assert desk.corpus.pair_count() == 4


def test_a_pair_of_the_corpus_is_found_in_a_draft(desk: Desk) -> None:
    desk.corpus.add_alignment(table(), document("zh"), document("en"))
    desk.corpus.add_pairs(pair_file(2))
    draft = desk.reopen(1)
    assert desk.row_of(draft, 3) == 2
    assert desk.row_of(draft, 6) is None
    assert desk.row_of(draft, 99) is None


# the page


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    import streamlit as st

    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("DUIZHAO_DB", str(tmp_path / "app.sqlite"))
    monkeypatch.setenv("DUIZHAO_USER", "anna")
    st.cache_resource.clear()
    return AppTest.from_function(_page, default_timeout=60)


def _page() -> None:
    from ui.alignment.page import page

    page()


def shown(app: AppTest) -> str:
    return "".join(element.proto.body for element in app.get("html"))


def place(app: AppTest) -> str:
    return str(app.query_params.get("draft", [""])[0])


def test_the_beginning_says_what_to_do_and_a_problem_is_one_sentence(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert [button.label for button in app.button] == ["Align", "Try the sample"]
    app.button("al_align").click().run()
    assert [warning.value for warning in app.warning] == ["Choose two files first, or try the sample."]


def test_the_sample_becomes_a_draft_that_a_reload_keeps(app: AppTest, tmp_path: Path) -> None:
    app.run()
    app.button("al_sample").click().run()
    assert not app.exception
    assert place(app) == "1"
    assert "69 Chinese and 69 English paragraphs" in shown(app)
    with Corpus.open(tmp_path / "app.sqlite") as corpus:
        assert Desk(corpus.database, "anna").drafts[0].rows == 69
    again = AppTest.from_function(_page, default_timeout=60)
    again.query_params["draft"] = "1"
    again.run()
    assert "69 Chinese and 69 English paragraphs" in shown(again)


def test_a_draft_that_is_gone_is_told_and_the_page_begins(app: AppTest) -> None:
    app.query_params["draft"] = "7"
    app.run()
    assert "there is no draft 7" in app.error[0].value
    assert [button.label for button in app.button] == ["Align", "Try the sample"]


def test_two_uploaded_documents_are_aligned_under_their_own_names(app: AppTest, tmp_path: Path) -> None:
    app.run()
    app.file_uploader("al_files_0").set_value(
        [("zh.txt", CHINESE.encode(), "text/plain"), ("../../en.txt", ENGLISH.encode(), "text/plain")]
    ).run()
    app.button("al_align").click().run()
    assert not app.exception
    assert place(app) == "1"
    with Corpus.open(tmp_path / "app.sqlite") as corpus:
        assert Desk(corpus.database, "anna").open_draft(1).base.table.provenance.en_source == "en.txt"


def test_the_page_speaks_chinese(app: AppTest) -> None:
    app.session_state["tongue"] = "zh"
    app.run()
    assert [button.label for button in app.button] == ["对齐", "试用样例"]


def test_a_reader_may_look_but_not_upload(app: AppTest, tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "app.sqlite") as corpus:
        Glossary(corpus.database, "otto").set_role("otto", Role.ADMINISTRATOR)
        Glossary(corpus.database, "otto").set_role("anna", Role.READER)
    app.run()
    assert [info.value for info in app.info] == ["Your role may read but not add documents."]
    assert len(app.button) == 0


def test_the_samples_are_there() -> None:
    assert {(SAMPLES / f"resolution.{language}.docx").is_file() for language in ("zh", "en")} == {True}
