"""Every text of the page itself, in both languages (rag/data/words.toml).

Answers bring their own (rag/phrases.py).
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

Lang = Literal["zh", "en"]
LANGUAGES: tuple[tuple[str, Lang], ...] = (("中文", "zh"), ("English", "en"))


def _read() -> dict[Lang, dict[str, str]]:
    data = tomllib.loads(files("rag").joinpath("data/words.toml").read_text("utf-8"))
    found: dict[Lang, dict[str, str]] = {"zh": {}, "en": {}}
    for section in data.values():
        for name, said in section.items():
            for _, lang in LANGUAGES:
                found[lang][name] = said[lang]
    return found


WORDS = _read()


def word(lang: Lang, key: str, **fields: str | int) -> str:
    """The text in the language, its fields filled in."""
    return WORDS[lang][key].format(**fields)
