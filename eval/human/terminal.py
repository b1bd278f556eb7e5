"""Scoring in the terminal: one answer at a time, one key a verdict, saved after each.

A line read is a key and, after a blank, a remark: `w 少了县科协`. The end of the input is the same
as q.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, TextIO
from unicodedata import normalize

from eval.cells import clean
from eval.human.files import SheetFile
from eval.human.sheets import Row
from eval.human.texts import ALL_DONE, ASK, COUNT, CRITERIA, FIRST, HOW, MOVES, NOW, SAVED, UNKNOWN
from eval.human.words import CHOICES, HEADERS, Kind, Lang, read_word

KEYS: Mapping[Kind, Mapping[str, str]] = {
    "verdict": {"c": "correct", "p": "partly", "w": "wrong", "?": "cannot_tell"},
    "citation": {"y": "yes", "n": "no", "?": "cannot_tell"},
}
RULE = "─" * 72


class Reply(NamedTuple):
    """What was typed: a verdict's name, or a move (b, s, q), and a remark that came with it."""

    verdict: str = ""
    move: str = ""
    remark: str = ""


def score(sheet: SheetFile, given: TextIO, shown: TextIO, lang: Lang = "zh") -> None:
    """Scores the sheet's rows from the first unscored on, until all are seen, q or end of input."""
    rows = sheet.rows
    at = _unscored(rows, 0)
    if at < len(rows):
        for kind in CHOICES:
            print(*CRITERIA[lang][kind], sep="\n", file=shown)
        print(f"\n{HOW.of(lang)}", file=shown)
    while at < len(rows):
        _show(rows, at, shown, lang)
        move = _score_row(sheet, at, given, shown, lang)
        if move == "q":
            break
        if move == "b":
            if at == 0:
                print(FIRST.of(lang), file=shown)
            at = max(0, at - 1)
        else:
            at = _unscored(rows, at + 1)
    scored = sum(r.scored for r in rows)
    end = ALL_DONE if scored == len(rows) else SAVED
    told = {"of": len(rows), "scored": scored, "left": len(rows) - scored, "path": sheet.path}
    print(f"\n{end.of(lang).format(**told)}", file=shown)


def _score_row(sheet: SheetFile, at: int, given: TextIO, shown: TextIO, lang: Lang) -> str:
    """Asks for the verdicts of a row and saves each; returns the move made, "" when all is said."""
    while True:
        reply = _ask("verdict", sheet.rows[at].verdict, given, shown, lang)
        if reply.move:
            return reply.move
        _put(sheet, at, replace(sheet.rows[at], verdict=reply.verdict), reply.remark)
        if not sheet.rows[at].cited:
            return ""
        reply = _ask("citation", sheet.rows[at].citation, given, shown, lang)
        if reply.move == "b":
            continue  # back to the verdict of the same row
        if reply.move:
            return reply.move
        _put(sheet, at, replace(sheet.rows[at], citation=reply.verdict), reply.remark)
        return ""


def _put(sheet: SheetFile, at: int, row: Row, remark: str) -> None:
    sheet.put(at, replace(row, remark=remark) if remark else row)


def _ask(kind: Kind, now: str, given: TextIO, shown: TextIO, lang: Lang) -> Reply:
    """One reply that can be used; what cannot is asked again. A verdict there is kept by Enter."""
    words = CHOICES[kind]
    keys = [f"{k} {words[name].of(lang)}" for k, name in KEYS[kind].items()]
    moves = [f"{k} {w.of(lang)}" for k, w in MOVES.items()]
    kept = f"（{NOW.of(lang).format(word=words[now].of(lang))}）" if now else ""
    while True:
        print(f"{ASK[kind].of(lang)}{kept}  {'  '.join(keys)}  |  {'  '.join(moves)}", file=shown)
        print("> ", end="", file=shown, flush=True)
        line = given.readline()
        if not line:
            return Reply(move="q")
        key, remark = _split(line)
        if not key and now:
            return Reply(verdict=now)
        if key in MOVES:
            return Reply(move=key)
        if name := KEYS[kind].get(key) or (read_word(kind, key) if key else None):
            return Reply(name, remark=remark)
        told = {"key": key, "keys": " ".join([*KEYS[kind], *MOVES])}
        print(UNKNOWN.of(lang).format(**told), file=shown)


def _split(line: str) -> tuple[str, str]:
    """The key, whatever its width and case, and the remark after it."""
    key, *rest = line.strip().split(maxsplit=1)[:2] or [""]
    return normalize("NFKC", key).casefold(), clean(" ".join(rest)).strip()


def _unscored(rows: list[Row], start: int) -> int:
    """The first row from `start` on that is not scored; the number of rows where there is none."""
    return next((n for n in range(start, len(rows)) if not rows[n].scored), len(rows))


def _show(rows: list[Row], at: int, shown: TextIO, lang: Lang) -> None:
    row = rows[at]
    told = {"n": at + 1, "of": len(rows), "scored": sum(r.scored for r in rows)}
    print(f"\n{RULE}\n{COUNT.of(lang).format(**told)}  [{row.id}]", file=shown)
    parts = {"question": row.question, "answer": row.answer, "citations": row.citations}
    if row.reference is not None:
        parts["reference"] = row.reference
    if row.remark:
        parts["remark"] = row.remark
    for name, text in parts.items():
        print(f"\n【{HEADERS[name].of(lang)}】", file=shown)
        print(clean(text), file=shown)
    print(file=shown)
