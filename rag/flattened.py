"""A question's text as it is compared, and the language it is asked in."""

from __future__ import annotations

import re

from index.tokens import normalise
from rag.question import Lang


def flatten(text: str) -> str:
    """The text in the form that is compared, white space as single spaces."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", normalise(text)).strip()


def language(flat: str) -> Lang:
    """Chinese if Chinese stands in it otherwise than as a term that an English question quotes."""
    return "zh" if re.search(r"[\u3400-\u9fff]", _without_terms(flat)) else "en"


def _without_terms(flat: str) -> str:
    """Without the Chinese terms that an English question may carry in the original."""
    latin = len(re.findall(r"[a-z]{2,}", flat))
    return re.sub(r"[\u3400-\u9fff、（）“”]+", " ", flat) if latin >= 4 else flat
