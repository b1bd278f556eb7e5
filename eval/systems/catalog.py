"""The systems by name, made from one opened index so that all are asked about the same plans."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.exchange.answers import read_answers
from eval.systems import llm, passages, tiaowen
from eval.systems.base import System
from eval.systems.replay import Replay
from index.encoders import Encoder
from index.errors import InputError
from rag.assistant import Assistant

REPLAY = "answers:"  # answers:FILE.jsonl, a foreign system's answers
Make = Callable[[Assistant, Encoder], System]
SYSTEMS: dict[str, Make] = {
    "default": lambda assistant, _: tiaowen.Tiaowen(assistant),
    "bm25": lambda assistant, _: passages.bm25(assistant),
    "dense": lambda assistant, _: passages.dense(assistant),
    "vanilla": lambda assistant, encoder: passages.vanilla(assistant.index, encoder),
    "vanilla-llm": lambda assistant, encoder: llm.vanilla_llm(assistant.index, encoder, os.environ),
    "no-tree": lambda assistant, encoder: tiaowen.without("tree", assistant, encoder),
    "no-duties": lambda assistant, encoder: tiaowen.without("duties", assistant, encoder),
    "no-reranker": lambda assistant, encoder: tiaowen.without("reranker", assistant, encoder),
    "no-check": lambda assistant, encoder: tiaowen.without("check", assistant, encoder),
}


def names(given: Sequence[str]) -> list[str]:
    """The systems meant, each once: `all` stands for every one that this machine can run.

    Raises InputError for an unknown name, for stored answers that cannot be read, where no
    language model is set for `vanilla-llm`, and for two systems that would be called the same.
    """
    found: dict[str, None] = {}
    for name in given:
        if name == "all":
            able = llm.is_set(os.environ)
            found |= dict.fromkeys(n for n in SYSTEMS if n != "vanilla-llm" or able)
            continue
        _look_at(name)
        found[name] = None
    called = Counter(map(label, found))
    for name, n in called.items():
        if n > 1:
            raise InputError(f"{n} systems are called {name!r}; give the file another name")
    return list(found)


def _look_at(name: str) -> None:
    """Raises InputError where a system of that name cannot be made, as far as is known early."""
    if name.startswith(REPLAY):
        read_answers(_answers(name))
    elif name == "vanilla-llm":
        llm.need(os.environ)
    elif name not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise InputError(f"unknown system {name!r}; there are: all, {known}, {REPLAY}FILE")


def label(name: str) -> str:
    """What tables and folders call the system: its name, or that of its file of answers."""
    return _answers(name).name.removesuffix(".jsonl") if name.startswith(REPLAY) else name


def _answers(name: str) -> Path:
    return Path(name.removeprefix(REPLAY))


def make(name: str, assistant: Assistant, encoder: Encoder) -> System:
    """The system of that name. Raises InputError where it cannot be made."""
    if name.startswith(REPLAY):
        return Replay(_answers(name), label(name))
    return SYSTEMS[name](assistant, encoder)
