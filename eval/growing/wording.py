"""How drafts are worded: the templates and word lists of eval/data/drafts.toml, strictly read.

A heading is spoken of in two ways. As a noun (某某行动), where it names an undertaking or states
something; as something done (提升某某能力), where it begins with a verb. A verb that only carries
a noun is left out of the noun: 实施某某行动 is 某某行动, and can be said both ways.

Before it is worded a draft is a Matter: the answer, its rule and its proof.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any

from index.errors import InputError
from index.plan import Clause, Plan
from index.reading import Reading
from index.store import Index

DATA = "data/drafts.toml"
PLACEHOLDERS = {"place", "topic", "act", "name", "who", "role", "ask", "year", "units", "n"}
# Headings this short are names of parts (组织实施), whatever verb they begin with.
NAME_CHARS = 4
# What is left of a heading without its verb and ending must still say which heading it is.
CORE_CHARS = 4
NAMED = ("行动", "工程", "计划", "项目")  # an undertaking even where it begins with a verb


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it can be asked about: as a noun, as something done, or both; "" for neither.

    `about` tells headings that state something (目标, 保障) from those that have it done.
    """

    topic: str
    act: str
    about: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The names of the template lists that fit."""
        return (("noun",) if self.topic else ()) + (("act",) if self.act else ())


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates by language, group and form, and the word lists."""

    templates: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    answers: Mapping[str, str]
    accepted: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    what: Mapping[str, str]

    def ask(self, lang: str, group: str, form: str, fields: Mapping[str, str], dice: Random) -> str:
        """A question in one of the wordings of this form, "" where the language has none."""
        known = self.templates[lang].get(group, {}).get(form, ())
        return dice.choice(known).format(**fields) if known else ""

    def heading(self, title: str) -> Heading:
        """How a heading is spoken of; both forms are "" for an empty one."""
        if len(title) <= NAME_CHARS:
            return Heading(title, "", about=True)
        rest = without(title, self.words["carriers"])
        act = without(title, self.words["adverbs"])
        if rest != title and title.endswith(self.words["undertakings"]):
            return Heading(rest, act)
        if title.startswith(self.words["verbs"]) and not title.endswith(NAMED):
            return Heading("", act)
        return Heading(title, "", about=title.endswith(self.words["statements"]))

    def of_clause(self, plan: Plan, clause: Clause) -> Heading:
        """As `heading`; where the plan has the title twice, with the heading above it."""
        said = self.heading(clause.title)
        above = plan.parent(clause)
        if not above or sum(c.title == clause.title for c in plan.clauses) == 1:
            return said
        where = self.heading(above.title).topic or above.title
        return Heading(
            f"{where}中的{said.topic}" if said.topic else "",
            f"在{where}中{said.act}" if said.act else "",
            said.about,
        )

    def wordings(self, title: str, others: Iterable[str]) -> tuple[str, ...]:
        """A title and what may stand for it in an answer: without verb, without 行动, 工程 ….

        A wording that another title holds too would not tell them apart and is left out.
        """
        bare = without(title, self.words["verbs"])
        core = without_end(bare, self.words["undertakings"])
        rest = [o for o in others if o != title]
        short = [w for w in (bare, core) if len(w) >= CORE_CHARS and not any(w in o for o in rest)]
        return tuple(dict.fromkeys((title, *short)))


@dataclass(frozen=True, slots=True)
class Desk:
    """What drafting works with: the opened index, the wordings, one plan and its reading text."""

    index: Index
    wording: Wording
    plan: Plan
    reading: Reading

    @property
    def titles(self) -> list[str]:
        return [c.title for c in self.plan.clauses if c.title]

    def wordings(self, title: str) -> tuple[str, ...]:
        """What may stand for a title of the plan in an answer."""
        return self.wording.wordings(title, self.titles)

    def shorter(self, title: str) -> str:
        """A title as a person would say it: the first wording that is not the title itself."""
        return self.wordings(title)[:2][-1]


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
    warning: str = ""


def without(text: str, beginnings: Iterable[str]) -> str:
    """The text without the longest of the beginnings that it has, if anything is left."""
    found = max((b for b in beginnings if text.startswith(b)), key=len, default="")
    return text[len(found) :] or text


def without_end(text: str, endings: Iterable[str]) -> str:
    """The text without the longest of the endings that it has, if anything is left."""
    found = max((e for e in endings if text.endswith(e)), key=len, default="")
    return text.removesuffix(found) or text


def places(plan: Plan, lang: str) -> tuple[str, ...]:
    """What a question calls the plan's place in a language; its id where nothing is known."""
    names = [n for n in (plan.place, *plan.aliases) if n and n.isascii() == (lang == "en")]
    return tuple(dict.fromkeys(names)) or (plan.name,)


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The packaged file; read once per process."""
    return parse(tomllib.loads(files("eval").joinpath(DATA).read_text("utf-8")))


def parse(data: Mapping[str, Any]) -> Wording:
    """A Wording from the file's data. Raises InputError for an unknown placeholder."""
    templates = {
        lang: {group: {f: tuple(ts) for f, ts in forms.items()} for group, forms in tree.items()}
        for lang, tree in data.items()
        if lang in ("zh", "en")
    }
    groups = [g for tree in templates.values() for g in tree.values()]
    _check([t for g in groups for ts in g.values() for t in ts])
    _check(list(data["answer"].values()))
    return Wording(
        templates,
        data["answer"],
        {k: tuple(v) for k, v in data["accepted"].items()},
        {k: tuple(v) for k, v in data["words"].items() if k != "what"},
        data["words"]["what"],
    )


def _check(templates: Sequence[str]) -> None:
    for template in templates:
        for _, name, _, _ in string.Formatter().parse(template):
            if name is not None and name not in PLACEHOLDERS:
                raise InputError(
                    f"{DATA}: unknown placeholder {name!r} in {template!r} "
                    f"(known: {', '.join(sorted(PLACEHOLDERS))})"
                )
