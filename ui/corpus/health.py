"""Whether the corpus is whole, the model in use, where its vectors are; making anew what look-ups are answered from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.parts import literal, safe

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.index.contract import Covered
    from search.records import Stats
    from ui.resources import Resources
    from ui.words import Words


def health(shared: Resources, desk: Desk, stats: Stats, words: Words) -> None:
    """Draw it. Raises CorpusError, ModelError."""
    import streamlit as st

    st.html(facts(shared, stats, words))
    _verify(shared, words)
    st.html('<hr class="dz-co-rule">')
    _rebuild(shared, desk, words)


def facts(shared: Resources, stats: Stats, words: Words) -> str:
    """The model, the places, the state, as a list."""
    index = shared.lookup.index
    covered = index.covered()
    said = [words("model", name=shared.encoder.name)]
    if covered is not None:
        said[0] += f" ({words('dimensions', n=covered.dimensions)})"
    said += [
        words("database", place=stats.place),
        f"{words('vectors', place=index.place)} ({words(f'vectors_{vectors(covered, stats)}')})",
        words("state", n=stats.state),
    ]
    return f'<ul class="dz-co-lines">{"".join(f"<li>{safe(one)}</li>" for one in said)}</ul>'


def vectors(covered: Covered | None, stats: Stats) -> str:
    """How the vectors stand to the corpus: "none", "behind", "ready"."""
    if covered is None or covered.corpus != stats.corpus:
        return "none"
    return "ready" if covered.state == stats.state else "behind"


def _verify(shared: Resources, words: Words) -> None:
    import streamlit as st

    st.html(f'<p class="dz-co-lead">{safe(words("verify_lead"))}</p>')
    if st.button(words("verify"), key="co_verify", icon=":material/fact_check:"):
        with st.spinner(words("verifying")):
            problems = shared.corpus.verify()
        for problem in problems:
            st.error(literal(problem), icon=":material/error:")
        if not problems:
            st.success(words("whole"), icon=":material/check:")


def _rebuild(shared: Resources, desk: Desk, words: Words) -> None:
    import streamlit as st

    from glossary.rules import Deed

    may = desk.may(Deed.ADMINISTER)
    st.html(f'<p class="dz-co-lead">{safe(words("rebuild_lead"))}</p>')
    helped = None if may else words("may_not_rebuild")
    if st.button(words("rebuild"), key="co_rebuild", icon=":material/refresh:", disabled=not may, help=helped):
        place = st.empty()

        def tell(done: int, total: int) -> None:
            place.progress(done / max(total, 1), words("rebuilding", k=done, n=total))

        tell(0, 1)
        kept = shared.rebuild(desk, tell)
        place.success(words("rebuilt", n=kept.added), icon=":material/check:")
