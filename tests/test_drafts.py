"""Work in progress is kept in the database; what a person has drawn is what the corpus then holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
import store_databases
from store_made_up import EN, SYMBOL, ZH, bead, checked, document, pair_file, table

from align.document import SetAside as LeftOut
from align.editing import Confirm, Merge, Move, SetAside, Split
from align.errors import InputError
from align.table import AlignmentTable
from glossary.desk import Desk
from glossary.errors import NotAllowedError
from glossary.glossary import Glossary
from glossary.rules import Role
from search.adding import AlignedFiles
from search.corpus import Corpus
from search.database import Database
from search.drafts import Draft, Drafts
from search.errors import DocumentChangedError, NotInCorpusError, StaleDraftError
from search.schema import drafts


@pytest.fixture(params=store_databases.KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    found = Database.open(store_databases.place(request.param, tmp_path))
    yield found
    found.close()


def files(made: AlignmentTable | None = None, source_hash: str = "h1") -> AlignedFiles:
    return AlignedFiles(made or table(), document("zh"), document("en"), "resolution", source_hash, ("A note.",))


def begun(database: Database, user: str = "anna") -> Draft:
    return Drafts(database, user).begin(files())


def shape(corpus: Corpus, number: int = 1) -> list[tuple[tuple[int, ...], tuple[int, ...], str]]:
    return [(record.zh, record.en, record.status) for record in corpus.table(number).records]


def test_a_draft_is_there_after_a_restart_with_all_that_was_done(database: Database) -> None:
    draft = begun(database)
    assert draft.session.table == table()
    assert (draft.base.zh, draft.base.en, draft.base.notes) == (document("zh"), document("en"), ("A note.",))
    work = draft.session.do(Merge(1)).do(Confirm(0)).undo()
    Drafts(database, "anna").save(draft, work)
    again = Drafts(database, "bea").open(draft.id)
    assert (again.session.rows, again.session.can_redo, again.version) == (work.rows, True, 2)
    assert [(one.label, one.rows, one.edits, one.user) for one in Drafts(database, "anna").list()] == [
        (SYMBOL, 3, 1, "anna")
    ]
    assert Drafts(database, "bea").list() == ()
    assert Corpus(database).list() == ()


def test_texts_that_no_database_can_hold_are_kept_as_they_are(database: Database) -> None:
    odd = ("\0大会\ud800", *ZH[1:])
    zh = replace(document("zh", odd), set_aside=(LeftOut("3", "page number", "line 9"),))
    draft = Drafts(database, "anna").begin(replace(files(table(zh=odd)), zh=zh))
    assert draft.base.zh == zh
    assert draft.session.table.records[0].zh_text == odd[0]


def test_the_second_who_saves_is_told_and_overwrites_nothing(database: Database) -> None:
    anna, bea = Drafts(database, "anna"), Drafts(database, "bea")
    first = begun(database)
    second = bea.open(first.id)
    anna.save(first, first.session.do(Merge(0)))
    with pytest.raises(StaleDraftError, match="anna has changed this draft"):
        bea.save(second, second.session.do(Confirm(0)))
    with pytest.raises(StaleDraftError, match="you have changed"):
        anna.save(first, first.session.do(Confirm(0)))
    with pytest.raises(StaleDraftError):
        bea.accept(second)
    assert [str(edit) for edit in anna.open(first.id).session.edits] == ["Merge(row=0)"]
    now = bea.open(first.id)
    assert bea.save(now, now.session.do(Confirm(0))).version == 3


def test_an_accepted_draft_is_stored_as_it_is_drawn(database: Database) -> None:
    draft = begun(database)
    work = draft.session.do(Merge(1)).do(SetAside(2))
    own = Drafts(database, "anna")
    added = own.accept(own.save(draft, work))
    corpus = Corpus(database)
    assert (added.change, added.label, added.pairs) == ("added", SYMBOL, 2)
    assert shape(corpus) == [((0,), (0,), "automatic"), ((1, 2), (1, 2), "checked")]
    assert corpus.count_containing("信托基金", "zh") == 1
    assert corpus.verify() == ()
    assert own.list() == ()
    with pytest.raises(NotInCorpusError, match="accepted or discarded"):
        own.open(draft.id)
    with pytest.raises(StaleDraftError, match="accepted or discarded"):
        own.save(draft, work)
    assert corpus.has_source("h1") is not None


def test_a_stored_document_is_opened_again_and_earlier_corrections_do_not_come_back(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    first = begun(database)
    own.accept(own.save(first, first.session.do(Merge(1))))
    kept = [pair.id for pair in corpus.pairs()]
    draft = own.reopen(1)
    assert own.reopen(1).id == draft.id
    assert [record.zh for record in draft.session.table.records] == [(0,), (1, 2), (3,)]
    work = draft.session.do(Split(1, 1, 1)).do(Confirm(1, checked=False)).do(Confirm(2, checked=False))
    added = own.accept(own.save(draft, work))
    assert (added.change, added.document) == ("replaced", 1)
    assert shape(corpus) == [((k,), (k,), "automatic") for k in range(4)]
    assert [pair.id for pair in corpus.pairs()] == [kept[0], 4, 5, kept[2]]
    assert (corpus.count_containing("信托基金", "zh"), corpus.verify()) == (1, ())
    assert corpus.document(1, "zh") == document("zh")


def test_what_is_set_aside_in_a_stored_document_is_there_when_it_is_opened_again(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    first = begun(database)
    own.accept(own.save(first, first.session.do(SetAside(3))))
    draft = own.reopen(1)
    assert [(row.zh, row.en, row.aside) for row in draft.session.rows[3:]] != []
    assert sorted(unit.text for row in draft.session.rows if row.aside for unit in (*row.zh, *row.en)) == sorted(
        (ZH[3], EN[3])
    )
    assert len(corpus.table(1).records) == 3


def test_a_new_version_begins_with_what_people_have_checked_and_is_then_taken_as_it_is(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    corpus.add_alignment(table(records=[bead([0], [0]), checked(bead([1, 2], [1, 2])), bead([3], [3])]))
    draft = begun(database)
    assert [(record.zh, record.status) for record in draft.session.table.records] == [
        ((0,), "automatic"),
        ((1, 2), "checked"),
        ((3,), "automatic"),
    ]
    own.accept(own.save(draft, draft.session.do(Split(1, 1, 1)).do(Confirm(1, checked=False))))
    assert shape(corpus) == [
        ((0,), (0,), "automatic"),
        ((1,), (1,), "automatic"),
        ((2,), (2,), "checked"),
        ((3,), (3,), "automatic"),
    ]
    assert len(corpus.list()) == 1


def test_a_document_that_changed_meanwhile_is_replaced_only_on_purpose(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    corpus.add_alignment(table(), document("zh"), document("en"))
    draft = own.reopen(1)
    corpus.set_status([1])
    with pytest.raises(DocumentChangedError, match="has changed in the corpus"):
        own.accept(draft)
    assert own.open(draft.id).version == draft.version
    assert shape(corpus)[0] == ((0,), (0,), "checked")
    own.accept(draft, over=True)
    assert shape(corpus)[0] == ((0,), (0,), "automatic")


def test_a_document_that_was_removed_meanwhile_is_stored_again_on_purpose(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    corpus.add_alignment(table(), document("zh"), document("en"), name="resolution")
    draft = own.reopen(1)
    corpus.remove(1)
    with pytest.raises(DocumentChangedError):
        own.accept(draft)
    assert own.accept(draft, over=True).change == "added"
    assert len(corpus.table(2).records) == 4


def test_someone_elses_version_of_new_files_is_not_overwritten_unseen(database: Database) -> None:
    own = Drafts(database, "anna")
    draft = begun(database)
    Corpus(database).add_alignment(table(), document("zh"), document("en"))
    with pytest.raises(DocumentChangedError):
        own.accept(draft)
    assert own.accept(draft, over=True).change == "replaced"


def test_pairs_of_a_file_keep_what_the_file_said_of_them(database: Database) -> None:
    own, corpus = Drafts(database, "anna"), Corpus(database)
    corpus.add_pairs(pair_file(3, client="a"))
    draft = own.reopen(1)
    own.accept(own.save(draft, draft.session.do(Merge(0)).do(Confirm(1))))
    assert [(pair.properties, pair.record.status) for pair in corpus.pairs()] == [
        ((), "checked"),
        ((("client", "a"),), "checked"),
    ]
    assert corpus.list()[0].origin == "pairs"
    assert corpus.verify() == ()


def test_a_discarded_draft_comes_back_and_goes_for_good_after_a_month(database: Database) -> None:
    own = Drafts(database, "anna")
    draft = begun(database)
    own.drop(draft.id)
    assert own.list() == ()
    with pytest.raises(NotInCorpusError):
        own.drop(draft.id)
    own.restore(draft.id)
    assert own.open(draft.id).session.table == table()
    own.drop(draft.id)
    with database.writing() as connection:
        connection.execute(sa.update(drafts).values(dropped="2001-01-01T00:00:00+00:00"))
    begun(database)
    with pytest.raises(NotInCorpusError):
        own.restore(draft.id + 1000)
    with database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(drafts)).scalar() == 1


def test_nothing_is_accepted_where_everything_is_set_aside(database: Database) -> None:
    own = Drafts(database, "anna")
    draft = begun(database)
    work = draft.session
    for k in range(4):
        work = work.do(SetAside(k))
    with pytest.raises(InputError, match="every row is set aside"):
        own.accept(own.save(draft, work))
    assert Corpus(database).list() == ()


def test_readers_may_not_correct_alignments(database: Database) -> None:
    Glossary(database, "anna").set_role("anna", Role.ADMINISTRATOR)
    Glossary(database, "anna").set_role("rolf", Role.READER)
    draft = Desk(database, "anna").begin_draft(files())
    rolf = Desk(database, "rolf")
    for attempt in (
        lambda: rolf.begin_draft(files()),
        lambda: rolf.reopen(1),
        lambda: rolf.save_draft(draft, draft.session.do(Move(1, "zh", True))),
        lambda: rolf.drop_draft(draft.id),
        lambda: rolf.restore_draft(draft.id),
        lambda: rolf.accept_draft(draft),
    ):
        with pytest.raises(NotAllowedError, match="rolf is a reader"):
            attempt()
    assert Desk(database, "anna").accept_draft(draft).change == "added"


def test_edits_that_are_none_are_refused_in_a_sentence(database: Database) -> None:
    draft = begun(database)
    with database.writing() as connection:
        connection.execute(sa.update(drafts).values(edits=json.dumps([{"do": "x"}]), position=1))
    with pytest.raises(InputError, match="no corrections"):
        Drafts(database, "anna").open(draft.id)


def test_a_number_that_is_too_large_for_a_database_is_one_that_is_not_there(database: Database) -> None:
    draft, too_large = begun(database), 10**20
    with pytest.raises(NotInCorpusError, match=f"^there is no draft {too_large}"):
        Drafts(database, "anna").open(too_large)
    with pytest.raises(NotInCorpusError, match=f"^there is no document #{too_large}"):
        Drafts(database, "anna").reopen(too_large)
    assert Drafts(database, "anna").row_of(draft, too_large) is None
