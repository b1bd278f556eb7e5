"""Settings of the language model, from the environment.

TIAOWEN_LLM_MODEL      the model's name at the address, or without one LangChain's provider:model
TIAOWEN_LLM_BASE_URL   an OpenAI-compatible address: http://host:port/v1
TIAOWEN_LLM_API_KEY    its key, if it asks for one; never logged, never in an answer
TIAOWEN_LLM_MODE       off, words or full; words where a model is named
TIAOWEN_LLM_WINDOW     tokens that the model reads and writes together
TIAOWEN_LLM_WAIT       seconds without a token after which it is given up
TIAOWEN_LLM_TIMEOUT    seconds for the whole answer, whatever is asked again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from index.errors import InputError

Mode = Literal["off", "words", "full"]
MODES: tuple[Mode, ...] = get_args(Mode)
PREFIX = "TIAOWEN_LLM_"
KNOWN = {"MODEL", "BASE_URL", "API_KEY", "MODE", "WINDOW", "WAIT", "TIMEOUT"}
WINDOW = 4096  # what llama.cpp and Ollama give a model if nobody says otherwise
LEAST_WINDOW = 1024  # below, no clause fits beside the prompt and an answer
WAIT_S = 30.0  # a small model on two cores reads 3,000 tokens in some 20 s before its first word
TIMEOUT_S = 90.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model is reached and used. The key is never shown, not even by repr."""

    model: str
    base_url: str = ""
    key: str = field(default="", repr=False)
    mode: Mode = "words"
    window: int = WINDOW
    wait_s: float = WAIT_S
    timeout_s: float = TIMEOUT_S
    retries: int = 2
    pause_s: float = 0.5  # before the first retry; twice as long before each further one

    @property
    def answer_tokens(self) -> int:
        """Tokens the model may write: a quarter of its window, at most a page."""
        return min(self.window // 4, PAGE)


PAGE = 800  # tokens; longer answers are no answers


def settings(
    environment: Mapping[str, str], mode: str | None = None, prefix: str = PREFIX
) -> Settings | None:
    """The model that the environment names, in `mode` if one is given; None where none is named.

    `prefix` begins the variables' names; another one names another model, such as a judge's.

    Raises InputError for an unknown or faulty setting, and for a mode that needs a model where
    there is none.
    """
    given = {
        name.removeprefix(prefix): value.strip()
        for name, value in environment.items()
        if name.startswith(prefix) and value.strip()
    }
    for name in sorted(given.keys() - KNOWN):
        raise InputError(f"unknown setting {prefix}{name}; there are: {', '.join(sorted(KNOWN))}")
    wanted = _mode(mode or given.get("MODE") or "words")
    if "MODEL" not in given:
        if mode not in (None, "off"):
            raise InputError(f"mode {mode} needs a model: set {prefix}MODEL and {prefix}BASE_URL")
        return None
    return Settings(
        model=given["MODEL"],
        base_url=given.get("BASE_URL", ""),
        key=given.get("API_KEY", ""),
        mode=wanted,
        window=int(_number(given, "WINDOW", WINDOW, LEAST_WINDOW, prefix)),
        wait_s=_number(given, "WAIT", WAIT_S, 0, prefix),
        timeout_s=_number(given, "TIMEOUT", TIMEOUT_S, 0, prefix),
    )


def _mode(raw: str) -> Mode:
    for mode in MODES:
        if mode == raw:
            return mode
    raise InputError(f"unknown mode {raw!r}; there are: {', '.join(MODES)}")


def _number(
    given: Mapping[str, str], name: str, default: float, least: float, prefix: str
) -> float:
    try:
        value = float(given.get(name, default))
    except ValueError:
        value = float("nan")
    if not least <= value < float("inf") or value == 0:
        raise InputError(f"{prefix}{name} is {given[name]!r}; it must be a number from {least:g}")
    return value
