"""What can go wrong with a language model, each told apart.

ModelError
├── Unreachable   no connection              ├── Cut       the stream ended without finish reason
├── Denied        401, 403                   ├── Empty     200 and no word
├── NoSuchModel   404                        ├── Garbage   not JSON, not a stream
├── TooLong       over the model's context   ├── Hang      no token within the limit
├── Rejected      another 4xx                ├── Late      not done within the time for all
├── Busy          429                        └── Missing   the library for it is not installed
└── Broken        5xx

Messages hold nothing that a server said: some repeat the key.
"""

from __future__ import annotations

from index.errors import TiaowenError


class ModelError(TiaowenError):
    """A model that gave no usable answer. `key` names the phrase that tells readers why."""

    key = "llm_broken"
    again = False  # whether asking again soon may help


class Unreachable(ModelError):
    """Nothing listens there, or the connection was refused or lost before the first token."""

    key, again = "llm_unreachable", True


class Denied(ModelError):
    """401 or 403: the key is missing, wrong or not allowed."""

    key = "llm_denied"


class NoSuchModel(ModelError):
    """404: the server is there and has no model of that name, or no such path."""

    key = "llm_no_model"


class TooLong(ModelError):
    """400 or 413: the prompt is over the model's context."""

    key = "llm_too_long"


class Rejected(ModelError):
    """Another 4xx: the server does not take such a request."""

    key = "llm_rejected"


class Busy(ModelError):
    """429: too many requests."""

    key, again = "llm_busy", True


class Broken(ModelError):
    """5xx, or an error told in the stream."""

    key, again = "llm_broken", True


class Cut(ModelError):
    """The stream ended amid the answer: no finish reason came."""

    key = "llm_cut"


class Empty(ModelError):
    """A complete answer without a word."""

    key = "llm_empty"


class Garbage(ModelError):
    """What came is no stream of chat completions."""

    key = "llm_garbage"


class Hang(ModelError):
    """Connected, but no token came within the limit."""

    key = "llm_hang"


class Late(ModelError):
    """The time for the whole answer ran out."""

    key = "llm_late"


class Missing(ModelError):
    """The library that speaks to such a model is not installed."""

    key = "llm_missing"


STATUS: dict[int, type[ModelError]] = {401: Denied, 403: Denied, 404: NoSuchModel, 429: Busy}
# How servers word a 400 that is about length (OpenAI, vLLM, llama.cpp, Ollama, gateways).
OVER = ("context", "too long", "maximum", "max_tokens", "token limit", "exceed", "上下文", "超长")


def of_status(status: int, said: str) -> type[ModelError]:
    """The error for an HTTP status; `said` is the server's message, looked at and not kept."""
    if status in STATUS:
        return STATUS[status]
    if status in (400, 413, 422) and any(word in said.lower() for word in OVER):
        return TooLong
    return Rejected if status < SERVER_FAULTS else Broken


SERVER_FAULTS = 500
