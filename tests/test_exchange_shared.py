"""Real files of ../shared: each is read or says in one sentence why not, and what is written fits the real schemas."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_made_up import GLOSSARY, bare
from lxml import etree

from align.errors import DuizhaoError
from glossary.exchange import dump_glossary, read_glossary, write_glossary

pytestmark = pytest.mark.shared
SHARED = Path(__file__).parents[1].parent / "shared"
EXCHANGE = SHARED / "exchange"
FILES = {
    "byutrg__TBX-Checker__good.tbx": 2,
    "byutrg__TBX-Checker__bad.tbx": 2,
    "byutrg__p5-Convert-TBX-Basic__basic_sample.tbx": 5,
    "byutrg__p5-TBX-Min__min.tbx": 3,
    "vistatec__vistatec-okapi__ibm_tbx.tbx": 5,
    "vistatec__vistatec-okapi__oracle_TBX.tbx": 2,
    "vistatec__vistatec-okapi__sdl_tbx.tbx": 223,
    "vistatec__vistatec-okapi__test01.tbx": 1,
    "vistatec__vistatec-okapi__test02_win1254.tbx": 1,
    "byutrg__p5-Convert-TBX-UTX__Sample.utx": 517,
    "neokapi__neokapi__samples__glossary.csv": 12,
    "vistatec__vistatec-okapi__test01.csv": 4,
    "vistatec__vistatec-okapi__test01.tsv": 6,
    "vistatec__vistatec-okapi__test02_utf16be.tsv": 2,
}


def _path(name: str) -> Path:
    return EXCHANGE / ("tbx" if name.endswith(".tbx") else "glossary") / name


@pytest.mark.parametrize("name", FILES)
def test_every_real_file_is_read_whole(name: str) -> None:
    assert len(read_glossary(_path(name)).concepts) == FILES[name]


@pytest.mark.parametrize("style", ["tbx", "tbx-dct", "tbx-v2"])
@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".tbx")])
def test_every_real_tbx_file_keeps_all_its_fields(name: str, style: str, tmp_path: Path) -> None:
    found = read_glossary(_path(name))
    write_glossary(found.concepts, tmp_path / name, style)
    assert bare(read_glossary(tmp_path / name).concepts) == bare(found.concepts)


def test_every_other_file_says_in_one_sentence_why_it_is_no_glossary() -> None:
    for path in sorted([*(EXCHANGE / "xliff").iterdir(), *(EXCHANGE / "tmx").iterdir()]):
        with pytest.raises(DuizhaoError) as refused:
            read_glossary(path)
        assert str(refused.value).startswith(f"{path.name}: ")
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("style", ["tbx", "tbx-dct"])
def test_what_is_written_fits_the_schema_of_the_current_generation(style: str) -> None:
    schema = etree.RelaxNG(etree.parse(EXCHANGE / "schemas" / "DeNederlandscheBank__termate__TBX-DNB.rng"))
    thesaurus = read_glossary(SHARED / "un" / "unbis_thesaurus.tsv").concepts[:300]
    schema.assertValid(etree.fromstring(dump_glossary((*GLOSSARY, *thesaurus), style).data))


def test_the_thesaurus_of_the_united_nations_comes_in_whole() -> None:
    found = read_glossary(SHARED / "un" / "unbis_thesaurus.tsv")
    assert (len(found.concepts), found.warnings) == (7137, ())
    assert {term.language for concept in found.concepts for term in concept.terms} == {"zh", "en"}
