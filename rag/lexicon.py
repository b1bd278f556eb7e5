"""The word lists that questions are read with (data files, general to the language)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.units import Forms

Asking = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Lay:
    """Lay words and names of groups of people -> the words plans use (nearest first)."""

    words: dict[str, tuple[str, ...]]
    forms: Forms
    mask: re.Pattern[str]

    def find(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """(start, end, plan words) of the lay words in the text, longest first, no overlap."""
        masked = self.mask.sub(lambda m: "\0" * len(m.group(0)), text)
        found, at = [], 0
        while at < len(text):
            word = next(self.forms.at(masked, at), None)
            if word:
                found.append((at, at + len(word), self.words[word]))
                at += len(word)
            else:
                at += 1
        return found


@lru_cache(maxsize=1)
def asking() -> Asking:
    """Question and role words, by section and list."""
    return _toml("rag", "asking.toml")


def function_chars() -> str:
    """Characters that carry no matter, for use in a character class."""
    return asking()["filler"]["chars"]  # type: ignore[return-value]


@lru_cache(maxsize=1)
def lay() -> Lay:
    """Lay words of both lists; a group's name also means its key."""
    words: dict[str, tuple[str, ...]] = {}
    synonyms, groups = _toml("index", "synonyms.toml"), _toml("index", "groups.toml")
    for entry in synonyms["synonym"]:
        for say in entry["say"]:
            words[say] = words.get(say, ()) + tuple(entry["plan"])
    for entry in groups["group"]:
        for form in entry["forms"]:
            words[form] = (entry["key"], *words.get(form, ()))
    mask = [*synonyms["guard"]["mask"], *groups["guard"]["mask"]]
    return Lay(words, Forms(words), re.compile("|".join(map(re.escape, mask)) or r"(?!)"))


@lru_cache(maxsize=1)
def narrower() -> dict[str, tuple[str, ...]]:
    """The names that only some of a group of people have (院士 of the 科技工作者), each with all
    names of the same people (快递小哥: 快递员)."""
    groups = _toml("index", "groups.toml")["group"]
    alike = [tuple(names.split("/")) for e in groups for names in e.get("narrower", ())]
    return {name: names for names in alike for name in names}


@lru_cache(maxsize=1)
def variants() -> dict[str, str]:
    """Written variants of words, each with its standard form (rag/data/variants.toml)."""
    return {
        v: right
        for right, written in _toml("rag", "variants.toml")["words"].items()
        for v in written
    }


@dataclass(frozen=True, slots=True)
class Group:
    """A group of people: the word plans use, all Chinese names of it, its English names."""

    key: str
    forms: tuple[str, ...]
    english: tuple[str, ...]


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """The groups of people that plans speak of (index/data/groups.toml)."""
    return tuple(
        Group(e["key"], tuple(e["forms"]), tuple(n.lower() for n in e["en"]))
        for e in _toml("index", "groups.toml")["group"]
    )


@lru_cache(maxsize=1)
def english() -> dict[str, tuple[str, ...]]:
    """English terms (lower case) -> Chinese plan words."""
    terms: dict[str, tuple[str, ...]] = {}
    for entry in _toml("index", "english.toml")["term"]:
        for en in entry["en"]:
            terms[en.lower()] = terms.get(en.lower(), ()) + tuple(entry["zh"])
    for entry in _toml("index", "groups.toml")["group"]:
        for en in entry["en"]:
            terms.setdefault(en.lower(), (entry["key"], *entry["forms"]))
    return terms


def around_places() -> dict[str, list[str]]:
    """Words around place names, by list (rag/data/places.toml)."""
    return _places()["around"]


def document_words() -> dict[str, list[str]]:
    """Words around the titles of documents, by list (rag/data/places.toml)."""
    return _places()["documents"]


def foreign_places() -> dict[str, list[str]]:
    """Provinces and places abroad: Chinese name without level -> English names."""
    return {**_places()["provinces"], **_places()["abroad"]}


@lru_cache(maxsize=1)
def _places() -> dict[str, dict[str, list[str]]]:
    return _toml("rag", "places.toml")


@lru_cache(maxsize=256)
def place_pattern(section: str, place: str = "") -> re.Pattern[str]:
    """The phrases of a section of the places list, Chinese or English, for a place's pattern."""
    lists = _places()[section]
    forms = [_with_asked(w.replace("{place}", place)) for w in lists["zh"]]
    forms += [rf"(?<![a-z])(?:{w.replace('{place}', place)})(?![a-z])" for w in lists["en"]]
    return re.compile("|".join(forms))


@lru_cache(maxsize=32)
def scope_pattern(lang: str, name: str) -> re.Pattern[str]:
    """One pattern for a list of what is said to an assistant (rag/data/scope.toml)."""
    words = sorted(_toml("rag", "scope.toml")[lang][name], key=len, reverse=True)
    joined = "|".join(words)
    return re.compile(rf"(?<![a-z])(?:{joined})(?![a-z])" if lang == "en" else joined)


@lru_cache(maxsize=64)
def across_pattern(lang: str, part: str, name: str) -> re.Pattern[str] | None:
    """One pattern for a list of framing across plans (rag/data/across.toml); None without one."""
    words = _across()[lang].get(part, {}).get(name)
    return re.compile(_with_asked("|".join(words))) if words else None


def _with_asked(written: str) -> str:
    """The pattern with {asked} as the nouns by which places are asked for (哪些县, 哪个市)."""
    asked = _places()["asked"]
    nouns = f"(?:{'|'.join(asked['nouns'])})(?![{asked['not_before']}])"
    return written.replace("{asked}", nouns)


@lru_cache(maxsize=1)
def _across() -> dict[str, dict[str, dict[str, list[str]]]]:
    return _toml("rag", "across.toml")


@lru_cache(maxsize=1)
def regional() -> dict[str, str]:
    """Words of Taiwan, Hong Kong and Macau (in simplified script) -> the mainland's."""
    words: dict[str, str] = _toml("rag", "regional.toml")["words"]
    return words


@lru_cache(maxsize=64)
def pattern(section: str, name: str) -> re.Pattern[str]:
    """One pattern for a list of `asking`, longest first; entries may be regular expressions."""
    words = sorted(asking()[section][name], key=len, reverse=True)
    if section == "en":
        return re.compile(r"(?<![a-z])(?:" + "|".join(words) + r")(?![a-z])", re.I)
    return re.compile("|".join(words))


def _toml(package: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(package).joinpath(f"data/{name}").read_text("utf-8"))
