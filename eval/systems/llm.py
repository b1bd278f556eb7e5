"""Plain retrieval answered by a language model behind any OpenAI-compatible address.

TIAOWEN_LLM_BASE_URL   http://host:port/v1
TIAOWEN_LLM_MODEL      the model's name there
TIAOWEN_LLM_API_KEY    optional; never recorded
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.gold import Gold
from eval.measures.answers import REFUSAL, fold
from eval.systems.base import Quote, Response
from eval.systems.passages import READ, Chunk, PassageSearch, asked, vanilla
from index.encoders import Encoder
from index.errors import InputError
from index.reading import quote
from index.store import Index
from rag.prompts import load_prompt

BASE_URL, MODEL, KEY = "TIAOWEN_LLM_BASE_URL", "TIAOWEN_LLM_MODEL", "TIAOWEN_LLM_API_KEY"
SECONDS = 120  # a small model on two cores takes some ten seconds an answer
RETRIES = 2
TOKENS = 512  # of an answer
MARK = re.compile(r"\[(\d{1,2})\]")
Invoke = Callable[[str], str]


class VanillaLLM:
    """The windows of `vanilla`, read by a model; it cites windows by number."""

    def __init__(
        self,
        search: PassageSearch,
        sources: Mapping[str, str],
        invoke: Invoke,
        settings: Mapping[str, str],
    ) -> None:
        self.name = "vanilla-llm"
        self.settings: Mapping[str, str] = {**search.settings, **settings}
        self._search, self._sources, self._invoke = search, sources, invoke
        self._prompt = load_prompt("baseline")

    def ask(self, gold: Gold) -> Response:
        query = asked(gold)
        found = self._search.search(query)
        read = found[:READ]
        text = self._invoke(self._prompt.fill(passages=self._numbered(read), question=query))
        cited = dict.fromkeys(int(n) for n in MARK.findall(text))
        return Response(
            answer=text,
            status="not_mentioned" if REFUSAL.search(fold(text)) else "answered",
            citations=tuple(self._quote(n, read[n - 1]) for n in cited if 0 < n <= len(read)),
            retrieved=tuple(c.slice for c in found),
        )

    def _numbered(self, chunks: Sequence[Chunk]) -> str:
        texts = (self._quote(n, c) for n, c in enumerate(chunks, 1))
        return "\n\n".join(f"[{q.n}] {q.path[0]}\n{q.quote}" for q in texts)

    def _quote(self, n: int, chunk: Chunk) -> Quote:
        plan, start, end = chunk.slice
        return Quote(n, plan, start, end, quote(self._sources[plan], start, end), (chunk.title,))


def is_set(environment: Mapping[str, str]) -> bool:
    """Whether a model is named."""
    return bool(environment.get(BASE_URL) and environment.get(MODEL))


def need(environment: Mapping[str, str]) -> None:
    """Raises InputError where no model is named."""
    if not is_set(environment):
        raise InputError(f"vanilla-llm needs a model: set {BASE_URL} and {MODEL}")


def vanilla_llm(index: Index, encoder: Encoder, environment: Mapping[str, str]) -> VanillaLLM:
    """The system over a model named by the environment. Raises InputError where none is."""
    need(environment)
    prompt = load_prompt("baseline")
    settings = {
        "llm": environment[MODEL],
        "prompt": f"{prompt.name} {prompt.version} {prompt.sha256[:12]}",
        "temperature": "0",
    }
    sources = {p.id: p.source for p in index.plans}
    return VanillaLLM(vanilla(index, encoder), sources, _chat(environment), settings)


def _chat(environment: Mapping[str, str]) -> Invoke:
    try:
        from langchain_openai import ChatOpenAI
    except ImportError as error:
        raise InputError(
            "vanilla-llm needs langchain-openai: pip install 'tiaowen[eval]'"
        ) from error
    options: dict[str, Any] = {
        "base_url": environment[BASE_URL],
        "model": environment[MODEL],
        "api_key": environment.get(KEY) or "none",
        "temperature": 0,
        "max_tokens": TOKENS,
        "timeout": SECONDS,
        "max_retries": RETRIES,
    }
    model = ChatOpenAI(**options)
    return lambda prompt: str(model.invoke(prompt).content)
