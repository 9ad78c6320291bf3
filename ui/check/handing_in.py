"""What is to be checked, and the check itself: files or pasted texts, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.document import Language
from ui.address import choice
from ui.check.kept import Result, kept

if TYPE_CHECKING:
    from search.uploads import Upload
    from ui.resources import Resources
    from ui.words import Words

LONGEST = 400_000  # characters of a pasted text: a book is a file
PAGE_WIDTH = 120  # characters in a line of a page
FULL = 0.7  # of the longest line, how long all but the last are on a page
FILES, TEXT = "files", "text"
_STAGES = {  # how the stages below tell of themselves
    "reading": "s_reading",
    "aligning": "s_aligning",
    "checking numbers": "s_figures",
    "checking the terms": "s_terms",
    "checking that": "s_same",
    "tracing": "s_quotations",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What was handed in: the translation, the original, None where it is a table of pairs; and how to check them."""

    translation: Upload
    original: Upload | None
    language: Language
    quotations: bool
    force: bool
    pasted: bool = False


def handing_in(shared: Resources, words: Words) -> None:
    """The form, and the check once it is sent."""
    import streamlit as st

    from ui.frame import plainly

    st.html(f'<p class="dz-quiet">{words("lead")}</p>')
    with st.container(horizontal=True, gap="large"):
        by = _choice(words("by"), {FILES: words("files"), TEXT: words("text")}, "by")
        language = _choice(words("into"), {"zh": words("zh_language"), "en": words("en_language")}, "into")
    texts = _pasted(words) if by == TEXT else _uploaded(words)
    with st.container(horizontal=True, gap="large"):
        quotations = st.checkbox(words("quotations"), True, key="ck_quotations", help=words("quotations_help"))
        force = st.checkbox(words("force"), key="ck_force")
    if st.button(words("run"), type="primary", key="ck_run"):
        name = ""
        with plainly():
            given = _given(texts, "en" if language == "en" else "zh", quotations, force, by == TEXT, words)
            name = kept().add(_checked(shared, given, words)) if given else ""
        if name:
            st.query_params.from_dict({"draft": name})
            st.rerun()


def _choice(label: str, options: dict[str, str], name: str) -> str:
    import streamlit as st

    return choice(
        name,
        f"ck_{name}",
        list(options),
        lambda: st.segmented_control(
            label, list(options), format_func=options.__getitem__, key=f"ck_{name}", required=True
        ),
    )


def _uploaded(words: Words) -> list[Upload | None]:
    import streamlit as st

    from search.uploads import Upload

    found: list[Upload | None] = []
    for column, what in zip(st.columns(2), ("translation", "original"), strict=True):
        with column:
            file = st.file_uploader(words(what), key=f"ck_{what}", help=words(f"{what}_help"))
            found.append(Upload(file.name, file.getvalue()) if file is not None else None)
    return found


def _pasted(words: Words) -> list[Upload | None]:
    import streamlit as st

    from search.uploads import Upload

    found: list[Upload | None] = []
    for column, what in zip(st.columns(2), ("translation", "original"), strict=True):
        with column:
            text = st.text_area(words(what), key=f"ck_{what}_text", height=300, placeholder=words(f"paste_{what}"))
            data = a_line_each(text).encode("utf-8", "surrogatepass")
            found.append(Upload(f"{what}.txt", data) if text.strip() else None)
    return found


def a_line_each(text: str) -> str:
    """A pasted text as a file has it: with an empty line between paragraphs, each of which was a line.

    Left as it is where there are empty lines, or where all lines are about as long, as those of a page are.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if "\n\n" in "\n".join(line.strip() for line in text.strip().splitlines()):
        return text
    longest = max(map(len, lines), default=0)
    of_a_page = len(lines) > 3 and longest <= PAGE_WIDTH and min(map(len, lines[:-1])) > FULL * longest
    return text if of_a_page else "\n\n".join(lines)


def _given(
    texts: list[Upload | None], language: Language, quotations: bool, force: bool, pasted: bool, words: Words
) -> Given | None:
    """What was handed in; None, with a word why, where something is missing."""
    from pathlib import Path

    import streamlit as st

    from align.readers import is_pair_file
    from ui.parts import literal

    translation, original = texts
    problem = ""
    if translation is None:
        problem = words("nothing_given")
    elif pasted and max(len(text.data) for text in texts if text is not None) > 3 * LONGEST:
        problem = words("too_large")
    elif original is None and (pasted or not is_pair_file(Path(translation.name))):
        problem = words("nothing_given") if pasted else words("original_missing", name=translation.name)
    if problem or translation is None:
        st.warning(literal(problem), icon=":material/info:")
        return None
    return Given(translation, original, language, quotations, force, pasted)


def _checked(shared: Resources, given: Given, words: Words) -> Result:
    """Read, align and check, telling how far it is. Raises InputError, CorpusError."""
    import streamlit as st

    place = st.empty()
    try:
        with place.container(), st.status(words("working"), expanded=False) as status:
            stop = st.container()
            stop.button(words("stop"), key="ck_stop", icon=":material/stop_circle:")  # any press ends the run before it

            def tell(stage: str) -> None:
                key = next((key for start, key in _STAGES.items() if stage.startswith(start)), "working")
                status.update(label=words(key), expanded=True)

            return check_given(shared, given, tell)
    finally:
        place.empty()  # after an error too: nothing is left to be stopped


def check_given(shared: Resources, given: Given, tell: Callable[[str], None]) -> Result:
    """The check with what all sessions share. Raises InputError, CorpusError."""
    from glossary.checking.session import Request, check_in, read_with_notes
    from search.uploads import laid_down

    files = [given.translation, *([given.original] if given.original is not None else [])]
    with laid_down(files) as paths:
        first, second = paths[0], paths[1] if len(paths) > 1 else None
        if given.language == "en" and second is not None:
            first, second = second, first
        request = Request(first, second, given.language, given.force, given.quotations)
        draft, notes = read_with_notes(request, lambda: shared.encoder, tell)
    index = None
    if given.quotations:
        shared.refresh()
        index = shared.lookup.index
    report = check_in(shared.corpus, draft, shared.encoder, index, given.quotations, tell)
    return Result(report, notes, given.pasted)
