"""Unit names: which names mean one and the same body, and what a name is in English.

A bureau's name is composed: 县 + 人力资源和社会保障 + 局. The middle, the domain, has long and
short forms (人社) and joins with others (教体 = 教育 + 体育). Two names mean the same body if their
domains come down to the same set and their endings are interchangeable (局, 委, 委员会). Names of
party and mass organisations are not composed and are listed whole (科协, 共青团). The level before
it (县, 市, 区) and a place are no part of the identity: in a plan there is one 教育局.

The words are data, general to Chinese government (index/data/units.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.tokens import in_order
from index.vocabulary import stem

LEVEL_CHARS = "县市区省州旗镇乡"
NAMES_KEPT = 50_000  # names read once; plans print the same ones over and over
FUNCTION_WORDS = (
    "行政主管部门",
    "行政部门",
    "主管部门",
    "部门",
    "系统",
    "口",
)  # 卫健部门: whichever body has the domain


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes two names one body: the domains (or the whole name) and the class of ending.

    `kind` is "bureau" for interchangeable endings, "any" for 部门, "whole" for listed names,
    else the ending itself (中心, 大队).
    """

    atoms: frozenset[str]
    kind: str

    def same(self, other: Identity) -> bool:
        """Both names mean one body: equal domains and endings that do not exclude each other."""
        return self.atoms == other.atoms and (
            self.kind == other.kind or "any" in (self.kind, other.kind)
        )

    def holds(self, other: Identity) -> bool:
        """This body has the other's domain among several: a 教体局 holds what a 教育局 does."""
        return other.atoms < self.atoms and {self.kind, other.kind} <= {"bureau", "any"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in running text: its span there, its words and its identity."""

    start: int
    end: int
    text: str
    identity: Identity


class Forms:
    """Longest-match look-up of a set of words at a position of a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in set(words):
            if word:
                self._by_first.setdefault(word[0], []).append(word)
        for group in self._by_first.values():
            group.sort(key=len, reverse=True)

    def at(self, text: str, start: int) -> Iterator[str]:
        """The words that stand at `start`, longest first."""
        for word in self._by_first.get(text[start : start + 1], ()):
            if text.startswith(word, start):
                yield word


def abbreviates(short: str, printed: str) -> bool:
    """Whether a name leaves out words of a printed one: 大数据中心 for 市大数据发展和管理中心.

    It must keep the beginning (after the level) and the ending, and every character in order.
    """
    full = printed.lstrip(LEVEL_CHARS)
    if not 3 <= len(short) < len(full) or short[:2] != full[:2] or short[-2:] != full[-2:]:
        return False
    return in_order(short, full)


class UnitNames:
    """The lexicon of unit names. Build it once with `unit_names()`."""

    def __init__(self, data: dict[str, Any]) -> None:
        parts = {d["key"]: tuple(d.get("parts", ())) for d in data["domain"]}
        self._domain: dict[str, frozenset[str]] = {}
        self._compound: dict[str, frozenset[str]] = {}
        self._domain_en: dict[frozenset[str], str] = {}
        for d in data["domain"]:
            atoms = _atoms(d["key"], parts)
            self._domain_en.setdefault(atoms, d["en"])
            for form in d["forms"]:
                self._domain.setdefault(form, atoms)
            for form in d.get("compound_forms", ()):
                self._compound.setdefault(form, atoms)
        self._organ = {
            form: ("bureau" if o["same_as_bureau"] else o["forms"][0], o["en"])
            for o in data["organ"]
            if o.get("agency", True)
            for form in o["forms"]
        }
        self._whole = {form: w["key"] for w in data["whole"] for form in w["forms"]}
        self._organs_whole = {
            w["key"] for w in data["whole"] if w.get("kind") in ("mass", "party", "government")
        }
        self._collective = {w["key"] for w in data["whole"] if w.get("kind") == "collective"}
        self._whole_en: dict[str, str] = {w["key"]: w["en"] for w in data["whole"]}
        self._levels: dict[str, str] = data["levels"]
        self._domains = Forms([*self._domain, *self._compound])
        self._organs = Forms(self._organ)
        self._wholes = Forms(self._whole)
        self._english = _english_wholes(data)
        self._english_domains = _english_domains(data)
        levels = "|".join(sorted({en.lower() for en in self._levels.values()}))
        self._english_level = re.compile(rf"\b(?:{levels}|provincial|local)(?:'s)?\s+$")
        self.acronyms = {
            en: w["en"] for w in data["whole"] for en in w.get("en_alt", ()) if en.isupper()
        }
        self._identity = lru_cache(NAMES_KEPT)(self._identify)

    # -- identity -------------------------------------------------------------------------

    def identity(self, name: str) -> Identity:
        """The identity of a unit's name as a plan prints it; an unknown name is itself."""
        return self._identity(name)

    def _identify(self, name: str) -> Identity:
        bare = re.sub(r"[（(<〈].*$", "", name) or name
        every = self.mentions(bare)
        found = [m for m in every if m.identity.kind != "any"] or every
        if found:
            # X局Y分局: the branch acts for the body it names
            best = max(found, key=lambda m: (m.end - m.start, m.start))
            return best.identity
        return Identity(frozenset({bare.lstrip(LEVEL_CHARS) or bare}), "whole")

    def mentions(self, text: str, known: Forms | None = None) -> list[Mention]:
        """Units named in the text, left to right, not overlapping; `known` adds a plan's names."""
        found: list[Mention] = []
        at = 0
        while at < len(text):
            mention = self._mention_at(text, at, known)
            if mention:
                found.append(mention)
                at = mention.end
            else:
                at += 1
        return found

    def is_organ(self, identity: Identity) -> bool:
        """A bureau, office, party or mass organ; not an institution nor a collective name."""
        return identity.kind != "whole" or bool(identity.atoms & self._organs_whole)

    def is_collective(self, identity: Identity) -> bool:
        """Many bodies under one word (各乡镇, 有关部门), or a word for their role (责任单位)."""
        return identity.kind == "whole" and bool(identity.atoms & self._collective)

    def _mention_at(self, text: str, at: int, known: Forms | None) -> Mention | None:
        best: Mention | None = None
        for word in self._wholes.at(text, at):
            best = Mention(at, at + len(word), word, self._whole_identity(word))
            break
        composed = self._composed_at(text, at)
        if composed and (best is None or composed.end > best.end):
            best = composed
        for word in known.at(text, at) if known else ():
            if best is None or at + len(word) > best.end:
                best = Mention(at, at + len(word), word, self.identity(word))
            break
        return best

    def _whole_identity(self, word: str) -> Identity:
        return Identity(frozenset({self._whole[word]}), "whole")

    def _composed_at(self, text: str, at: int) -> Mention | None:
        """domain+ ending: the longest reading, then the longest domain, then the fewest joints.

        Single characters only join (教 + 体); 应急管理+局 goes before 应急+管理局.
        """
        best: Mention | None = None
        best_key = (0, 0, 0)
        stack: list[tuple[int, frozenset[str], int, bool]] = [(at, frozenset(), 0, True)]
        while stack:
            here, atoms, count, short = stack.pop()
            if count and (not short or count > 1):
                kind, end = self._ending(text, here)
                if end and (end, here, -count) > best_key:
                    best_key = (end, here, -count)
                    best = Mention(at, end, text[at:end], Identity(atoms, kind))
            if count >= MAX_JOINED:
                continue
            start = here + 1 if count and text[here : here + 1] in ("和", "与") else here
            for word in self._domains.at(text, start):
                full = self._domain.get(word)
                found = full if full is not None else self._compound[word]
                stack.append((start + len(word), atoms | found, count + 1, short and full is None))
        return best

    def _ending(self, text: str, at: int) -> tuple[str, int]:
        for word in FUNCTION_WORDS:
            if text.startswith(word, at):
                return "any", at + len(word)
        for word in self._organs.at(text, at):
            return self._organ[word][0], at + len(word)
        return "", 0

    # -- English --------------------------------------------------------------------------

    def gloss(self, name: str, brief: bool = False) -> str:
        """English for a unit's name (County Health Bureau), or "" where the lexicon has none.

        Brief, without what the Chinese beside it shows: the level and the ending (Health).
        """
        found = self.mentions(name)
        if not found:
            return ""
        best = max(found, key=lambda m: m.end - m.start)
        if best.identity.kind == "whole":
            core = self._whole_en[next(iter(best.identity.atoms))]
        else:
            core = self._compose_english(best, brief)
        if not core:
            return ""
        if brief:
            return core.removeprefix("CPC ")
        prefix = name[: best.start].rstrip("委")
        level = self._levels.get(prefix, "")
        if not level and best.text.startswith("团"):
            level = next((self._levels[c] for c in best.text if c in LEVEL_CHARS), "")
        branch = " (branch)" if name.endswith("分局") and not best.text.endswith("分局") else ""
        words = f"{level} {core}" if level and not core.lower().startswith("all ") else core
        return words + branch

    def _compose_english(self, mention: Mention, brief: bool) -> str:
        atoms = mention.identity.atoms
        domain = self._domain_en.get(atoms)
        if domain is None:
            names = [self._domain_en.get(frozenset({a}), "") for a in sorted(atoms)]
            if not all(names):
                return ""
            domain = ", ".join(names[:-1]) + f" and {names[-1]}"
        if brief:
            return domain
        endings = [
            e for k in range(1, len(mention.text)) if (e := self._organ.get(mention.text[k:]))
        ]
        return f"{domain} {endings[-1][1] if endings else 'authorities'}"

    def english_mentions(self, text: str) -> list[Mention]:
        """Units named in English in the text: Health Bureau, Women's Federation."""
        words = list(ENGLISH_WORD.finditer(text.lower().replace("’", "'")))
        found: list[Mention] = []
        at = 0
        while at < len(words):
            for size in range(min(LONGEST_ENGLISH, len(words) - at), 0, -1):
                keys = [stem(w.group(0)) for w in words[at : at + size]]
                identity = self._english.get(" ".join(keys)) or self._english_composed(keys)
                if identity:
                    span = words[at].start(), words[at + size - 1].end()
                    before = self._english_level.search(text, 0, span[0])
                    span = (before.start() if before else span[0], span[1])
                    found.append(Mention(*span, text[span[0] : span[1]], identity))
                    at += size - 1
                    break
            at += 1
        return found

    def _english_composed(self, keys: Sequence[str]) -> Identity | None:
        """A bureau by its domains in any order: Bureau of Education and Sports, Sports and
        Education Bureau."""
        if len(keys) > 2 and keys[0] in ENGLISH_ENDINGS and keys[1] in ("of", "for"):
            domains = keys[2:]
        elif len(keys) > 1 and keys[-1] in ENGLISH_ENDINGS:
            domains = keys[:-1]
        else:
            return None
        atoms = self._english_atoms(tuple(domains))
        return Identity(atoms, "any") if atoms else None

    def _english_atoms(self, keys: tuple[str, ...]) -> frozenset[str]:
        """The atoms of the domains that the words name one after the other; none if any is not."""
        for size in range(len(keys), 0, -1):
            atoms = self._english_domains.get(" ".join(keys[:size]))
            if not atoms:
                continue
            rest = keys[size + (keys[size : size + 1] in (("and",), ("&",))) :]
            if not rest:
                return atoms if size == len(keys) else frozenset()
            below = self._english_atoms(rest)
            if below:
                return atoms | below
        return frozenset()


# without the genitive: the bureau's, the workers' federation
ENGLISH_WORD = re.compile(r"[a-z&](?:[a-z&-]|'(?!s\b)(?=[a-z]))*")
LONGEST_ENGLISH = 12  # words in the longest name (science, technology, industry and …)
MAX_JOINED = 5  # 商务+科技+工业+信息化 joins four; nothing in use joins more than five


def _atoms(key: str, parts: dict[str, tuple[str, ...]]) -> frozenset[str]:
    below = parts.get(key, ())
    if not below:
        return frozenset({key})
    return frozenset().union(*(_atoms(p, parts) for p in below))


ENGLISH_ENDINGS = frozenset(
    map(stem, ("bureau", "commission", "department", "authorities", "authority", "office"))
)


def _english_wholes(data: dict[str, Any]) -> dict[str, Identity]:
    forms: dict[str, Identity] = {}
    for w in data["whole"]:
        for en in (w["en"], *w.get("en_alt", ())):
            if not en.isupper():
                forms.setdefault(_english_key(en), Identity(frozenset({w["key"]}), "whole"))
    return forms


def _english_domains(data: dict[str, Any]) -> dict[str, frozenset[str]]:
    parts = {d["key"]: tuple(d.get("parts", ())) for d in data["domain"]}
    forms: dict[str, frozenset[str]] = {}
    for d in data["domain"]:
        for en in (d["en"], *d.get("en_alt", ())):
            forms.setdefault(_english_key(en), _atoms(d["key"], parts))
            forms.setdefault(_english_key(en.replace(" and ", " & ")), _atoms(d["key"], parts))
    return forms


def _english_key(name: str) -> str:
    return " ".join(stem(w) for w in ENGLISH_WORD.findall(name.lower()))


@lru_cache(maxsize=1)
def unit_names() -> UnitNames:
    """The lexicon from the packaged data file; read once per process."""
    raw = files("index").joinpath("data/units.toml").read_text("utf-8")
    return UnitNames(tomllib.loads(raw))
