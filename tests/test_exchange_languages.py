"""Codes of languages that nobody knows: a warning each, and what the user says that they stand for."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import duizhao

from glossary.errors import ExchangeError
from glossary.exchange import read_glossary, write_glossary
from glossary.exchange.contracts import GlossaryFile
from glossary.exchange.languages import language_map, recognised

TBX = """<martif type="TBX" xml:lang="qq"><text><body>
<termEntry id="a"><descrip type="definition">zone</descrip>
<langSet xml:lang="xx"><tig><term>河流</term></tig></langSet>
<langSet xml:lang="---"><tig><term>river</term></tig></langSet>
<langSet xml:lang="fr"><tig><term>fleuve</term></tig></langSet></termEntry></body></text></martif>"""


def read(folder: Path, name: str, text: str, *pairs: str) -> GlossaryFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_glossary(path, languages=language_map(pairs))


def languages(found: GlossaryFile) -> list[str]:
    return [term.language for concept in found.concepts for term in concept.terms]


def test_unknown_codes_are_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    found = read(tmp_path, "a.tbx", TBX)
    assert languages(found) == ["xx", "und", "fr"]
    assert found.warnings == (
        "a.tbx: language codes were mapped: “---” → und (1×).",
        "a.tbx: unknown language codes: “qq” (1×), “xx” (1×), “---” (1×); "
        "say what they stand for, as in --language-map qq=zh.",
    )


def test_what_the_user_says_holds_for_terms_and_definitions(tmp_path: Path) -> None:
    found = read(tmp_path, "a.tbx", TBX, "XX=zh-CN", "---=en", "qq=english", "yy=fr")
    assert languages(found) == ["zh", "en", "fr"]
    assert [one.language for one in found.concepts[0].definitions] == ["en"]
    assert found.warnings == (
        "a.tbx: language codes were mapped: “qq” → en (1×), “xx” → zh (1×), “---” → en (1×).",
        "a.tbx: no language of it is called “yy”.",
    )


@pytest.mark.parametrize("headings", ["xx,Chinois", "term_XX,Chinois", "Term (xx),Chinois"])
def test_headings_are_languages_where_the_user_says_so(tmp_path: Path, headings: str) -> None:
    found = read(tmp_path, "a.csv", f"{headings}\nriver,河流\n", "xx=en", "chinois=zh-TW")
    assert languages(found) == ["en", "zh-Hant"]
    assert found.warnings == ()


def test_a_column_that_looks_like_a_language_is_kept_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "zh,en,xx\n河流,river,reka\n")
    assert languages(found) == ["zh", "en"]
    assert found.warnings == (
        "a.csv: column 3 (“xx”) was kept as a field; if it is a language, say which with --language-map xx=zh.",
    )


def test_columns_whose_language_could_not_be_told_are_named_and_can_be_said(tmp_path: Path) -> None:
    table = "source\ttarget\nriver\tlake\n"
    found = read(tmp_path, "a.tsv", table)
    assert languages(found) == ["x-source", "x-target"]
    hint = "name the column with its language, such as “en”, or say so with --language-map"
    assert found.warnings == (
        f"a.tsv: the language of column 1 could not be told; {hint} x-source=en.",
        f"a.tsv: the language of column 2 could not be told; {hint} x-target=en.",
    )
    said = read(tmp_path, "a.tsv", table, "x-source=en", "x-target=de")
    assert languages(said) == ["en", "de"]
    assert said.warnings == (
        "a.tsv: column 1 names no language and was said to be en.",
        "a.tsv: column 2 names no language and was said to be de.",
    )


def test_rows_headers_and_what_was_guessed_can_be_said_in_every_format(tmp_path: Path) -> None:
    by_term = "id,language,term\n1,xx,河流\n1,en,river\n"
    assert languages(read(tmp_path, "a.csv", by_term, "xx=zh")) == ["zh", "en"]
    assert languages(read(tmp_path, "b.utx", "#UTX 1.11; en/xx;\n#src\ttgt\nriver\t河流\n", "xx=zh")) == ["en", "zh"]
    assert languages(read(tmp_path, "c.txt", "river\t河流\t\nlake\t湖\t\n", "zh=zh-Hant")) == ["en", "zh-Hant"] * 2
    concepts = read(tmp_path, "d.tsv", by_term.replace(",", "\t")).concepts
    for name in ("d.json", "d.xlsx", "d.tbx"):
        write_glossary(concepts, tmp_path / name)
        assert languages(read_glossary(tmp_path / name, languages=language_map(["xx=zh"]))) == ["zh", "en"]


@pytest.mark.parametrize("pair", ["xx", "=zh", "xx=", "xx=Klingonisch", "xx=yy"])
def test_what_says_of_no_code_which_language_it_is_is_refused(pair: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        language_map([pair])
    assert str(refused.value) == f"“{pair}” says of no code which language it is; write it as xx=zh."


def test_a_language_is_recognised_by_its_code() -> None:
    known = ("zh", "zh-Hant", "en", "bg", "haw", "pt-BR")
    assert [tag for tag in (*known, "xx", "und", "x-source", "") if recognised(tag)] == list(known)


def test_the_command_takes_it_and_comes_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.tbx").write_text(TBX, encoding="utf-8")
    db = tmp_path / "corpus.sqlite"
    options = ("--language-map", "xx=zh", "--language-map", "---=en", "--language-map", "qq=en")
    for count in ("added: 1, unchanged: 0", "added: 0, unchanged: 1"):
        found = duizhao("glossary", "import", tmp_path / "a.tbx", "--db", db, *options)
        assert (found.code, found.out) == (0, f"{count}, changed: 0, in conflict: 0\n")
        assert "unknown" not in found.err
    assert duizhao("glossary", "import", tmp_path / "a.tbx", "--db", db, "--language-map", "zh").code == 2
