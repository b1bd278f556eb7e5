"""The option --llm of commands that answer. Nothing of a model is loaded before it is wanted."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.assistant import Asks, Assistant


def add_option(sub: argparse.ArgumentParser) -> None:
    """Adds --llm MODE."""
    sub.add_argument(
        "--llm", metavar="MODE",
        help="off, words (a language model words the answer) or full (it also summarises and "
        "explains); words where TIAOWEN_LLM_MODEL names one, else off",
    )  # fmt: skip


def with_model(arguments: argparse.Namespace) -> Callable[[Assistant], Asks]:
    """What puts a language model behind the assistant, where one is named and wanted.

    Raises InputError for faulty settings, before an index is opened.
    """
    if not (arguments.llm or any(name.startswith("TIAOWEN_LLM_") for name in os.environ)):
        return lambda assistant: assistant
    from rag.llm.settings import settings

    named = settings(os.environ, arguments.llm)
    if named is None or named.mode == "off":
        return lambda assistant: assistant
    from rag.llm import fluent

    return lambda assistant: fluent.with_model(assistant, named)
