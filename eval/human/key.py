"""The key of a scoring: what stands behind each blind id. It stays with whoever evaluates it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.files import read_text
from eval.jsonlines import write_whole
from index.errors import InputError

FORMAT = 1
NAME = "key.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A run that answers were drawn from. `label` is unique in the key."""

    label: str
    system: str
    folder: str
    corpus: str
    code: str
    commit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a blind row is: an answer of a run, the automatic verdict, and its texts' hash."""

    id: str
    system: str
    question: str
    type: str
    split: str
    right: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many questions of a type were drawn, of how many."""

    type: str
    drawn: int
    of: int


@dataclass(frozen=True, slots=True)
class Key:
    """`reference` names the scorers who were shown the expected answer."""

    seed: int
    scorers: tuple[str, ...]
    reference: tuple[str, ...]
    sources: tuple[Source, ...]
    strata: tuple[Stratum, ...]
    entries: tuple[Entry, ...]
    format: int = FORMAT

    @property
    def by_id(self) -> Mapping[str, Entry]:
        return {e.id: e for e in self.entries}


def sha256(question: str, answer: str, citations: str) -> str:
    """The hash of a row's texts. White space is left out: spreadsheets change line ends."""
    texts = ["".join(text.split()) for text in (question, answer, citations)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def write_key(path: Path, key: Key) -> None:
    write_whole(path, json.dumps(asdict(key), ensure_ascii=False, indent=1) + "\n")


def read_key(path: Path) -> Key:
    """The key as it was written. Raises InputError where it is none or of another format."""
    from pydantic import TypeAdapter, ValidationError

    try:
        key = TypeAdapter(Key).validate_json(read_text(path))
    except ValidationError as error:
        raise InputError(
            f"{path} is no key; name the {NAME} that `python -m eval human sheets` wrote"
        ) from error
    if key.format != FORMAT:
        raise InputError(f"{path} has format {key.format}; this reads {FORMAT}")
    return key
