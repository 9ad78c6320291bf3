"""The English words that decide whether a full stop ends a sentence. Lower case unless said otherwise."""

from __future__ import annotations

# What follows them belongs to them.
NEVER_LAST = frozenset("e.g i.e viz cf v vs ca approx op loc mr mrs ms mx dr prof messrs mme mlle".split())

# Titles and name parts that are also common words or beginnings of words: only where they have a capital.
TITLES = frozenset(
    "hon rt rev gen brig col maj capt cpt lt sgt cmdr adm sen gov rep amb pres supt insp st ste mt ft fr sr".split()
)

# They introduce a number or letter; where none follows, a sentence may end with them.
BEFORE_NUMERAL = frozenset(
    "no nos para paras art arts chap chaps ch sect sects sec secs vol vols p pp pt pts fig figs eq eqs ed eds cap caps "
    "reg regs cl add corr amend suppl annex app sub-para subpara doc docs n nn r res dec "
    "jan feb mar apr jun jul aug sep sept oct nov".split()
)

# A sentence may end with them; a usual first word must follow.
MAY_BE_LAST = frozenset("inc ltd co corp bros jr ph.d al cit ibid esq est dept univ".split())

# "annex B." ends as a word would; a letter elsewhere is an initial.
INTRODUCED_LETTER = tuple(
    "annex appendix section sections part parts table option category group form chapter schedule article exhibit "
    "figure class type grade level phase vitamin hepatitis zone block plan".split()
)

# Usual first words, with their capital: after an acronym or initial nothing else tells a sentence from a name.
STARTERS = tuple(
    "The This That These Those There Then Thus It Its In If I He She His Her They Their We Our You Your A An As At And "
    "But By For From However On Or Of So To With While When Where Whether What Which Who Why How No Not Such Some All "
    "Although After Before Also Among Any Both During Each Even Following Further Furthermore Hence Indeed Moreover "
    "Nevertheless Once Only Other Several Since Therefore Under Until Upon".split()
)
