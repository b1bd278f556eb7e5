"""The gate for a language model's statements: each held against the very words it cites.

Beside what `rag.check` asks of everyone (units, numbers and quoted words stand in the cited
slices), a model's statement must keep the role of each unit, the year, measure and bound of each
figure, and every negation; it may say nothing new, and nothing of its instructions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.figures import find_figures
from index.plan import Figure
from index.reading import read
from index.tokens import normalise, squeeze
from index.units import UnitNames
from rag.check import NUMBER, QUOTED
from rag.llm import novelty
from rag.llm.evidence import YEAR, Evidence
from rag.llm.novelty import Translate
from rag.llm.polarity import contradicts
from rag.llm.roles import bindings, groups, named
from rag.llm.wordlists import bounds, lists, orders, ways

MARK = re.compile(r"\[(\d{1,3})\]")
# [n], [编号], {passages}, <资料>, ……, XX: what only stands for something
PLACEHOLDER = re.compile(
    r"[\[\]{}<>＜＞［］【】|`#_]|(?<![A-Za-z])[XxＸ×]{2,}(?![A-Za-z])|https?:|www\."
)
GLOSS = re.compile(r"\(([A-Za-z][^()]*)\)")
OPEN_SAID = re.compile(r"等|\bothers?\b", re.I)
PIECE = re.compile(r"[，,；;：:。]")
PROMPT_RUN = 14  # characters in a row that only someone who copies a prompt shares with it
KEY_RUN = 8  # characters of a key that already give it away
NEAR = 24  # characters before a number in which English says its bound


def split_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """A statement without its citation numbers, and these."""
    return MARK.sub("", text).strip(), tuple(dict.fromkeys(map(int, MARK.findall(text))))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be new between two commas: a share, and characters or words in a row."""

    share: float
    run: int


STRICT = Limits(0.0, 0)  # wording a given answer
FREE = Limits(1 / 3, 4)  # explaining in plain words: a word here and there


@dataclass(frozen=True, slots=True)
class Gate:
    """Judges statements in one language. `secret` is the key; `prompt` the prompt's own text."""

    units: UnitNames
    lang: str
    limits: Limits
    translate: Translate = lambda _: ()
    secret: str = field(default="", repr=False)
    prompt: str = ""

    def fault(self, said: str, evidence: Evidence) -> str:
        """The name of the reason why the statement, without its numbers, may not be shown; ""."""
        checks = (
            ("placeholder", self._placeholder),
            ("secret", self._secret),
            ("number", self._number),
            ("unit", self._unit),
            ("role", self._role),
            ("figure", self._figure),
            ("quoted", self._quoted),
            ("negation", lambda s, e: contradicts(s, e.text, self.lang)),
            ("novel", self._novel),
        )
        return next((name for name, wrong in checks if wrong(said, evidence)), "")

    def _placeholder(self, said: str, evidence: Evidence) -> bool:
        if PLACEHOLDER.search(said):
            return True
        text, prompt = squeeze(said), squeeze(self.prompt)
        runs = (text[i : i + PROMPT_RUN] for i in range(len(text) - PROMPT_RUN + 1))
        return any(run in prompt and run not in evidence.pool for run in runs)

    def _secret(self, said: str, _: Evidence) -> bool:
        key, text = squeeze(self.secret), squeeze(said)
        runs = [key[i : i + KEY_RUN] for i in range(len(key) - KEY_RUN + 1)] or [key]
        return bool(key and any(run in text for run in runs)) or bool(orders().search(said))

    def _number(self, said: str, evidence: Evidence) -> bool:
        known = set(NUMBER.findall(evidence.pool))
        values = {f"{f.value:.15g}" for f in evidence.figures} if self.lang == "en" else set()
        return any(n not in known | values for n in NUMBER.findall(_plain(said)))

    def _unit(self, said: str, evidence: Evidence) -> bool:
        if self.lang == "en" and self._english_unit(said, evidence):
            return True
        return any(
            name not in evidence.pool for _, _, name in named(GLOSS.sub("", said), self.units)
        )

    def _english_unit(self, said: str, evidence: Evidence) -> bool:
        """A unit named in English that none of the cited words names."""
        bare = re.sub(r"[\u3400-\u9fff]+\s*\([^()]*\)", "", said)  # a gloss beside its name
        mine = [m.identity for m in self.units.english_mentions(bare)]
        theirs = [m.identity for m in self.units.mentions(evidence.pool)]
        return any(not any(t.same(i) or t.holds(i) for t in theirs) for i in mine)

    def _role(self, said: str, evidence: Evidence) -> bool:
        told = bindings(GLOSS.sub("", said), self.units)
        if told is None:
            return not _verbatim(said, evidence)
        if not told <= evidence.duties:
            return True
        for role, names in groups(told).items():
            whole = [g[role] for g in evidence.lists if role in g and g[role] <= names]
            if not whole or (evidence.is_open(names) and not OPEN_SAID.search(said)):
                return True  # a part of a list, or an open one closed
        return False

    def _figure(self, said: str, evidence: Evidence) -> bool:
        reading = read(said)
        found = find_figures(reading, 0, len(reading.text))
        if self.lang == "en":
            if _english_figure(_plain(said), evidence):
                return True
            found = tuple(f for f in found if not f.text.isascii() and not f.year)
        elif ways(said) - ways(evidence.text):
            return True
        several = len({f.year for f in evidence.figures if f.year}) > 1
        return any(not any(_same(f, e, several) for e in evidence.figures) for f in found)

    def _quoted(self, said: str, evidence: Evidence) -> bool:
        return any(squeeze(q) not in evidence.pool for q in QUOTED.findall(GLOSS.sub("", said)))

    def _novel(self, said: str, evidence: Evidence) -> bool:
        if any(squeeze(g) not in evidence.pool for g in GLOSS.findall(said)) and self.lang == "en":
            return True
        for piece in PIECE.split(GLOSS.sub("", said)):  # a claim may hang behind a comma
            new, size = novelty.novel(piece, evidence, self.translate)
            longest = max(map(_size, new), default=0)
            amount = sum(map(_size, new))
            if longest > self.limits.run or amount > self.limits.share * size:
                return True
        return False


def _verbatim(said: str, evidence: Evidence) -> bool:
    """Whether the statement is a stretch of the cited words that does not break off amid a list."""
    text = squeeze(said).rstrip(".。")
    before, found, after = evidence.pool.partition(text)
    return bool(found) and not before.endswith(LISTS) and not after.startswith(LISTS)


LISTS = ("、", ",", "和", "与", "及")


def _size(new: str) -> int:
    """Chinese by characters; a Latin word counts as one."""
    return 1 if new.isascii() else len(new)


def _plain(said: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", normalise(said))


def _way(bound: str) -> str:
    return bounds().get(bound, "")


def _same(said: Figure, cited: Figure, several: bool) -> bool:
    """Whether a figure is the cited one: value, measure, bound, and the year it is tied to."""
    if (said.value, said.unit, said.per_year) != (cited.value, cited.unit, cited.per_year):
        return False
    if _way(said.bound) != _way(cited.bound):
        return False
    if said.year and cited.year:
        return said.year == cited.year
    return not (several and cited.year)  # of several years' figures each needs its own


def _english_figure(said: str, evidence: Evidence) -> bool:
    """Whether a number stands beside a year or a bound that is not its own."""
    years = [(m.start(), int(m.group(0))) for m in YEAR.finditer(said)]
    for m in NUMBER.finditer(said):
        cited = [f for f in evidence.figures if f"{f.value:.15g}" == m.group(0)]
        if YEAR.fullmatch(m.group(0)) or not cited:
            continue
        near = min(years, key=lambda y: abs(y[0] - m.start()), default=(0, None))[1]
        way = _english_way(said, m.start(), m.end())
        if not any(f.year in (None, near) or near is None for f in cited):
            return True
        if all(_way(f.bound) != way for f in cited):
            return True
    return False


def _english_way(said: str, start: int, end: int) -> str:
    """The bound of the number at `start:end`, in English or as the plan prints it."""
    before, after = said[max(0, start - NEAR) : start], said[end : end + NEAR]
    found = [(before.rfind(w), len(w), way) for w, way in bounds().items() if before.endswith(w)]
    found += [
        (len(before), len(w), way)
        for w, way in bounds().items()
        if re.match(rf"[%\w]{{0,3}}?{w}", after)
    ]
    for way, words in lists()["bound_en"].items():
        for m in re.finditer("|".join(rf"\b{w}\b" for w in words), before):
            found.append((m.start(), m.end() - m.start(), way))
        if re.match(rf"\W*\w*\W*(?:{'|'.join(words)})\b", after):
            found.append((len(before), 1, way))
    return max(found, key=lambda f: (f[1], f[0]), default=(0, 0, ""))[2]


def faults(text: str, cited: Sequence[Evidence | None], gate: Gate) -> str:
    """The fault of a statement that cites these; None stands for a number that leads nowhere."""
    said, _ = split_marks(text)
    if not cited:
        return "no_citation"
    known = [e for e in cited if e is not None]
    if len(known) < len(cited):
        return "bad_citation"
    whole = known[0]
    for more in known[1:]:
        whole = whole + more
    return gate.fault(said, whole)
