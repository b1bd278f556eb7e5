"""What a draft is made of before it is worded: the answer, its rule and its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from eval.growing.wording import Wording
from index.plan import Plan
from index.reading import Reading
from index.store import Index


@dataclass(frozen=True, slots=True)
class Desk:
    """What drafting works with: the opened index, the wordings, one plan and its reading text."""

    index: Index
    wording: Wording
    plan: Plan
    reading: Reading


@dataclass(frozen=True, slots=True)
class Draw:
    """How one draft is to be: its language and the dice that choose among wordings."""

    lang: str
    dice: Random


@dataclass(frozen=True, slots=True)
class Matter:
    """An answer with its rule and proof; `group` and `form` name the templates that ask for it."""

    group: str
    form: str
    fields: Mapping[str, str]
    answer: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    clause: str = ""
    warning: str = field(default="")
