"""Deciding on drafts in the terminal, one at a time. Saved after every decision; goes on later.

    a accept   d drop   e edit question and answer   s skip   b back   q save and quit

It begins with the first undecided draft. A skipped one stays undecided. The end of the input
saves and quits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from eval.growing.draft import ACCEPT, DROP, UNDECIDED, Draft
from eval.growing.sheet import read_drafts, write_drafts
from eval.measures.answers import faults
from index.errors import InputError

KEYS = "[a]ccept 采用  [d]rop 弃  [e]dit 改  [s]kip 跳过  [b]ack 上一条  [q]uit 存盘退出"
EDITED = ("question", "answer")
SHOWN = ("must", "must_not", "evidence")
MOST = 12  # alternatives of an item that are shown; the file holds them all


def review(path: Path, read: TextIO, write: TextIO) -> dict[str, int]:
    """Goes through the drafts of a .jsonl file; returns how many are accepted, dropped, undecided.

    `read` and `write` are the terminal. Raises InputError for a file that holds no drafts, or a
    decision that is none.
    """
    if path.suffix != ".jsonl":
        raise InputError(f"{path}: review takes .jsonl; decide in a sheet by its decision column")
    drafts = read_drafts(path)
    if not drafts:
        raise InputError(f"{path} holds no drafts")
    _Session(path, drafts, read, write).run()
    choices = [d.choice(str(path)) for d in drafts]
    return {name: choices.count(name) for name in (ACCEPT, DROP, UNDECIDED)}


class _Session:
    """The drafts, which of them is shown, and the terminal."""

    def __init__(self, path: Path, drafts: list[Draft], read: TextIO, write: TextIO) -> None:
        self.path, self.drafts, self.read, self.write = path, drafts, read, write
        self.at = 0
        choices = [d.choice(f"{path}: record {n}") for n, d in enumerate(drafts, 1)]
        self.undecided = [c == UNDECIDED for c in choices]

    def run(self) -> None:
        """Until the last draft, q, or the end of the input."""
        self.at = next((n for n, open_ in enumerate(self.undecided) if open_), len(self.drafts))
        if self.at == len(self.drafts):
            self._say("every draft is decided; take them in with: python -m eval accept")
        keys: dict[str, Callable[[], None]] = {
            "a": lambda: self._decide(ACCEPT),
            "d": lambda: self._decide(DROP),
            "e": self._edit,
            "s": self._next,
            "b": self._back,
        }
        while self.at < len(self.drafts):
            self._say(*shown(self.drafts[self.at], self.at + 1, len(self.drafts)))
            line = self._ask(f"{KEYS}\n> ")
            if line is None or line.strip().lower() == "q":
                return
            act = keys.get(line.strip().lower())
            if act:
                act()
            else:
                self._say(f"unknown key {line.strip()!r}")

    def _decide(self, choice: str) -> None:
        self._keep(replace(self.drafts[self.at], decision=choice))
        self._next()

    def _next(self) -> None:
        self.at += 1

    def _back(self) -> None:
        self.at = max(0, self.at - 1)

    def _edit(self) -> None:
        """Question and answer anew; an empty line keeps what is there."""
        draft = self.drafts[self.at]
        changed = dict(draft.record)
        for name in EDITED:
            line = self._ask(f"{name} [{draft.text(name)}]: ")
            if line is None:
                return
            if line.strip():
                changed[name] = line.strip()
        self._keep(replace(draft, record=changed))

    def _keep(self, draft: Draft) -> None:
        self.drafts[self.at] = draft
        write_drafts(self.path, self.drafts)

    def _ask(self, prompt: str) -> str | None:
        """A line, None at the end of the input."""
        self.write.write(prompt)
        self.write.flush()
        return self.read.readline() or None

    def _say(self, *lines: str) -> None:
        self.write.writelines(f"{line}\n" for line in lines)


def shown(draft: Draft, number: int, of: int) -> Iterator[str]:
    """A draft as it is put before a person."""
    record = draft.record
    docs = ", ".join(map(str, record.get("doc") or ())) or "?"
    decided = f"  = {draft.decision}" if draft.decision else ""
    yield ""
    yield f"── {number}/{of}  {record.get('type') or '?'}  {docs}{decided}"
    if draft.path:
        yield f"   {draft.path}"
    if draft.why:
        yield f"   {draft.why}"
    for turn in record.get("history") or ():
        yield f"before    {turn.get('q', '')} → {turn.get('a', '')}"
    for name in EDITED:
        yield f"{name:<10}{draft.text(name)}"
    for name in SHOWN:
        for item in record.get(name) or ():
            yield f"{name:<10}{_item(item)}"
    yield from (f"! {fault}" for fault in _faults(draft))


def _item(item: object) -> str:
    if not isinstance(item, list):
        return str(item)
    more = f" … {len(item) - MOST} more" if len(item) > MOST else ""
    return " / ".join(map(str, item[:MOST])) + more


def _faults(draft: Draft) -> list[str]:
    """What would keep the draft out as it stands, as far as the draft alone tells."""
    try:
        gold = draft.gold("draft")
    except InputError as error:
        return [str(error)]
    if gold.answerable and not gold.must:
        return ["must is empty: every answer would be right"]
    return [f"its own answer: {f}" for f in faults(gold, gold.answer, "answered")]
