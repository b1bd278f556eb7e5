"""Prompts: Markdown files with a head of name, version, language and variables, read strictly.

    ---
    name: baseline
    version: 1
    language: any
    variables: [passages, question]
    ---
    Answer from these passages … {passages} … {question}

A variable stands in braces; doubled braces stand for themselves, as in str.format. The text must
use exactly the variables that the head declares, and `fill` must be given exactly these. A prompt
that exists in two languages is called by its name and language: `words.zh`, `words.en`.
"""

from __future__ import annotations

import hashlib
import string
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
FIELDS = {"name", "version", "language", "variables"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it stands in its file; `sha256` is that of the whole file."""

    name: str
    version: int
    language: str
    variables: tuple[str, ...]
    text: str
    sha256: str

    @property
    def label(self) -> str:
        """Name, version and hash, as records keep them."""
        return f"{self.name} {self.version} {self.sha256}"

    def fill(self, **values: str) -> str:
        """The text with its variables. Raises InputError for a missing or an unknown one."""
        odd = set(values) ^ set(self.variables)
        if odd:
            raise InputError(f"prompt {self.name}: variable {sorted(odd)[0]!r} is not as declared")
        return self.text.format(**values)


def load_prompt(name: str, folder: Path = PROMPTS) -> Prompt:
    """The prompt of that name. Raises InputError for a file that is missing or faulty."""
    path = folder / f"{name}.md"
    try:
        raw = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read prompt {path}") from error
    prompt = _parse(raw, path)
    if prompt.name != name:
        raise InputError(f"{path}: is named {prompt.name!r}; name and file must agree")
    _, dot, language = name.partition(".")
    if dot and prompt.language != language:
        raise InputError(f"{path}: its language is {prompt.language!r}; name and head must agree")
    used = _variables(prompt.text, path)
    if used != set(prompt.variables):
        odd = sorted(used ^ set(prompt.variables))[0]
        raise InputError(f"{path}: variable {odd!r} is declared or used, but not both")
    return prompt


def _parse(raw: str, path: Path) -> Prompt:
    import yaml  # type: ignore[import-untyped]

    begin, head, text = [*raw.split("---\n", 2), "", ""][:3]
    try:
        data = yaml.safe_load(head) if not begin else None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: its head is not YAML") from error
    if not isinstance(data, dict) or set(data) != FIELDS:
        raise InputError(f"{path}: needs a head with exactly {', '.join(sorted(FIELDS))}")
    if not isinstance(data["version"], int) or not isinstance(data["variables"], list):
        raise InputError(f"{path}: version must be a whole number, variables a list")
    return Prompt(
        name=str(data["name"]),
        version=data["version"],
        language=str(data["language"]),
        variables=tuple(map(str, data["variables"])),
        text=text.strip() + "\n",
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
    )


def _variables(text: str, path: Path) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise InputError(f"{path}: a brace stands alone; double it") from error
