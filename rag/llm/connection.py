"""Asking a language model through LangChain: a prompt in, text as it comes, typed errors.

Everything runs on one event loop in a thread of its own, so that an answer can be given up at any
moment: cancelling the task closes the connection. LangChain takes a second to load and is loaded
with the first question that needs it.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from contextvars import ContextVar
from functools import lru_cache
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from rag.llm import errors
from rag.llm.errors import ModelError
from rag.llm.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
NO_KEY = "none"  # the client wants one even where the server does not
CONNECTION_LOST = ("APIConnectionError", "ConnectError", "ConnectTimeout", "RemoteProtocolError")
TIMED_OUT = ("APITimeoutError", "ReadTimeout", "TimeoutError")
_heads: ContextVar[dict[str, str]] = ContextVar("heads")  # of the response to the present request


class Deadline:
    """A moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._at - time.monotonic())


class Connection:
    """A model at an address. `stream` may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._model: Any = None

    def stream(self, prompt: str, until: Deadline) -> Iterator[str]:
        """The model's text, piece by piece; closing the iterator cancels the request.

        Raises ModelError, after retries where no word had come yet and asking again may help.
        """
        model = self._opened()
        queue: SimpleQueue[str | ModelError | None] = SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(
            self._pump(model, prompt, until, queue.put), _loop()
        )
        ended = errors.Broken("the request to the model failed within this program")
        task.add_done_callback(lambda _: queue.put(ended))  # whoever waits is never left waiting
        try:
            while (piece := queue.get()) is not None:
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            task.cancel()

    def _opened(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = _open(self.settings)
            return self._model

    async def _pump(
        self,
        model: Any,
        prompt: str,
        until: Deadline,
        put: Callable[[str | ModelError | None], None],
    ) -> None:
        """Hands on text, then None, or the error; retries while nothing was handed on."""
        for attempt in range(self.settings.retries + 1):
            said = False
            try:
                async with aclosing(self._once(model, prompt, until)) as pieces:
                    async for piece in pieces:
                        said = True
                        put(piece)
                put(None)
                return
            except ModelError as error:
                pause = self.settings.pause_s * 2**attempt
                last = attempt == self.settings.retries
                if said or last or not error.again or pause >= until.left:
                    put(error)
                    return
                await asyncio.sleep(pause)

    async def _once(self, model: Any, prompt: str, until: Deadline) -> AsyncGenerator[str, None]:
        from langsmith import tracing_context

        heads: dict[str, str] = {}
        _heads.set(heads)
        said = finished = False
        stream = aiter(model.astream(prompt))
        try:
            while True:
                limit = min(self.settings.wait_s, until.left)
                try:
                    # LangChain would send prompts to a tracing service that the environment names
                    with tracing_context(enabled=False):
                        async with asyncio.timeout(limit):
                            chunk = await anext(stream)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    raise _late(until) from None
                except Exception as error:  # noqa: BLE001  whatever a provider's library raises
                    raise _told(error, said, heads, until) from None
                finished = finished or bool(_finish(chunk))
                if text := str(chunk.text):
                    said = True
                    yield text
        finally:
            await stream.aclose()
        if not finished:
            raise errors.Cut("the model's answer broke off") if said else _nothing(heads)
        if not said:
            raise errors.Empty("the model said nothing")


def _finish(chunk: Any) -> Any:
    told = chunk.response_metadata
    return told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")


def _late(until: Deadline) -> ModelError:
    if until.left:
        return errors.Hang("the model sent nothing within the time given to it")
    return errors.Late("the model was not done within the time given to it")


def _nothing(heads: dict[str, str]) -> ModelError:
    """A response without a single piece: empty, or none that was understood."""
    if heads.get("length") == "0" or "event-stream" in heads.get("type", "event-stream"):
        return errors.Empty("the model said nothing")
    return errors.Garbage("what the model's server sent is no stream of chat completions")


def _told(error: Exception, said: bool, heads: dict[str, str], until: Deadline) -> ModelError:
    """The error of ours for one of a provider's library. Its message is not kept."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        kind = errors.of_status(status, str(error))
        return kind(f"the model's server answered with status {status}")
    names = {c.__name__ for c in type(error).__mro__}
    if names.intersection(TIMED_OUT):
        return _late(until)
    if names.intersection(CONNECTION_LOST) or isinstance(error, OSError):
        if said:
            return errors.Cut("the connection to the model was lost amid its answer")
        return errors.Unreachable("the model's server cannot be reached")
    if "ContextOverflowError" in names:
        return errors.TooLong("the prompt is over the model's context")
    if "APIError" in names:
        return errors.Broken("the model's server told an error in its stream")
    if isinstance(error, json.JSONDecodeError):
        return errors.Garbage("what the model's server sent is no JSON")
    if isinstance(error, ValueError) and not said:
        return _nothing(heads)
    return errors.Garbage("what the model's server sent is no chat completion")


# -- the model --------------------------------------------------------------------------------


def _open(settings: Settings) -> Any:
    """LangChain's chat model. Raises Missing or Rejected where there can be none."""
    common: dict[str, Any] = {"temperature": 0, "max_retries": 0, "timeout": settings.timeout_s}
    try:
        if settings.base_url:
            return _compatible(settings, common)
        from langchain.chat_models import init_chat_model

        if settings.key:
            common["api_key"] = settings.key
        return init_chat_model(settings.model, max_tokens=settings.answer_tokens, **common)
    except ImportError:
        raise errors.Missing(
            "the library for this model is not installed: pip install 'tiaowen[llm]'"
        ) from None
    except Exception:  # noqa: BLE001  each provider refuses settings in its own way
        raise errors.Rejected(f"no model can be made of {settings.model!r}") from None


def _compatible(settings: Settings, common: dict[str, Any]) -> Any:
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient
    from pydantic import SecretStr

    client = DefaultAsyncHttpxClient(
        event_hooks={"response": [_remember]},
        trust_env=urlsplit(settings.base_url).hostname not in LOOPBACK,  # no proxy knows it
    )
    return ChatOpenAI(
        base_url=settings.base_url,
        model=settings.model,
        api_key=SecretStr(settings.key or NO_KEY),
        http_async_client=client,
        http_socket_options=(),  # LangChain's own would put the environment's proxies out of use
        stream_usage=False,
        stream_chunk_timeout=None,  # ours tells a hang from the end of the time
        use_responses_api=False,
        default_headers={"Connection": "close"},  # questions are minutes apart; nothing lingers
        # in the body: LangChain writes max_completion_tokens, which many servers do not know
        extra_body={"max_tokens": settings.answer_tokens},
        **common,
    )


async def _remember(response: Any) -> None:
    """Notes what kind of response came, to tell an empty stream from what is none."""
    heads = _heads.get(None)
    if heads is not None:
        heads["type"] = response.headers.get("content-type", "")
        heads["length"] = response.headers.get("content-length", "")


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all models, in a thread that ends with the program."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="tiaowen-llm", daemon=True).start()
    return loop
