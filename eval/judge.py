"""A language model as judge of a run: a second opinion beside the rules, never among the scores.

The judge is told the question, the expected answer and the given one, and says right or wrong. It
is another model than the one that answers (settings of its own, TIAOWEN_JUDGE_…) and pinned: model
and prompts are kept with its verdicts, and a run holds those of one judge only. How far it can be
believed is told by its agreement with the rules, on which the scores rest, and by reading what the
two differ on; a model that judges is known to prefer long answers and its own (Zheng et al. 2023).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.human.agreement import Kappa, cohen_kappa
from eval.jsonlines import read_kept, write_whole
from eval.runs import Item, Run
from index.errors import InputError
from rag.llm.connection import Connection, Deadline
from rag.llm.errors import Denied, Missing, ModelError, NoSuchModel, Unreachable
from rag.llm.fence import fenced, gives_orders, harmless
from rag.prompts import Prompt, load_prompt

PREFIX = "TIAOWEN_JUDGE_"
HEAD, VERDICTS = "judge.json", "verdicts.jsonl"
RIGHT, WRONG, UNREAD = "right", "wrong", "unread"
BOTH = (RIGHT, WRONG)
# The one word that is asked for; with anything else beside it, nobody knows what was meant.
SAYS = {
    RIGHT: re.compile(r"对|正确|right|correct", re.I),
    WRONG: re.compile(r"错|错误|不对|不正确|wrong|incorrect", re.I),
}
NO_MODEL = (Unreachable, Denied, NoSuchModel, Missing)  # whatever is asked, nothing will come
AROUND = " \t\r\n。.！!*\"'“”‘’`"
LED_IN = re.compile(r"^(?:判断|judge?ment|verdict)\s*[:：]", re.I)
MARK = re.compile(r"\[\d{1,4}\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge said of one answer; `verdict` is right, wrong, or unread with the reason."""

    id: str
    verdict: str
    said: str = ""
    reason: str = ""


class Judge:
    """Judges answers one at a time with the prompts judge.zh and judge.en."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prompts: Mapping[str, Prompt] = {
            lang: load_prompt(f"judge.{lang}") for lang in ("zh", "en")
        }

    @property
    def identity(self) -> dict[str, Any]:
        """What must be the same for verdicts to stand beside each other."""
        prompts = [prompt.label for prompt in self._prompts.values()]
        return {"model": self._connection.settings.model, "prompts": prompts}

    def verdict(self, item: Item) -> Verdict:
        """The verdict on an item's answer. Raises ModelError where the model gives none."""
        gold, given = item.gold, item.response.answer
        if item.response.failed:
            return Verdict(gold.id, WRONG, reason="no answer was given")
        if gives_orders(given) or gives_orders(gold.question):
            return Verdict(gold.id, UNREAD, reason="the text gives orders to a machine")
        turns = [text for turn in gold.history for text in turn]
        asked = self._prompts[gold.lang].fill(
            question=_data("\n".join((*turns, gold.question))),
            expected=_data(gold.answer),
            given=_data(MARK.sub("", given)),
        )
        until = Deadline(self._connection.settings.timeout_s)
        said = "".join(self._connection.stream(asked, until))
        found = read_verdict(said)
        return Verdict(gold.id, found, harmless(said), "" if found in BOTH else "not one word")


def _data(text: str) -> str:
    return fenced("\n".join(harmless(line) for line in text.split("\n")))


def read_verdict(said: str) -> str:
    """right or wrong where that alone was said, else unread."""
    word = LED_IN.sub("", said.strip(AROUND)).strip(AROUND)
    return next((name for name, pattern in SAYS.items() if pattern.fullmatch(word)), UNREAD)


# -- a run's verdicts -----------------------------------------------------------------------


def judged(judge: Judge, run: Run, items: Sequence[Item], fresh: bool = False) -> Iterator[Verdict]:
    """The verdicts on these items of the run, kept in its folder as they come.

    Those it has are not asked for again; an answer on which the model failed is, next time. Raises
    InputError where they are of another judge, and where the run holds answers of the judge's own,
    ModelError where there is no model to ask.
    """
    if run.head.settings.get("llm") == judge.identity["model"]:
        raise InputError(
            f"{judge.identity['model']} gave the answers of {run.folder}; no model judges itself"
        )
    known = _begin(judge, run.folder, fresh)
    with (run.folder / VERDICTS).open("a", encoding="utf-8") as out:
        for item in items:
            verdict = known.get(item.gold.id)
            if verdict is None:
                try:
                    verdict = judge.verdict(item)
                except NO_MODEL:
                    raise
                except ModelError as error:
                    yield Verdict(item.gold.id, UNREAD, reason=str(error))
                    continue
                out.write(json.dumps(asdict(verdict), ensure_ascii=False) + "\n")
                out.flush()
            yield verdict


def _begin(judge: Judge, folder: Path, fresh: bool) -> dict[str, Verdict]:
    """The verdicts that the folder holds of this judge."""
    head = folder / HEAD
    if head.is_file() and not fresh:
        try:
            there = json.loads(head.read_text("utf-8"))
        except ValueError as error:
            raise InputError(f"{head} is torn; begin anew with --fresh") from error
        if there != judge.identity:
            raise InputError(
                f"{folder} holds the verdicts of another judge; begin anew with --fresh"
            )
        try:
            return {r["id"]: Verdict(**r) for r in read_kept(folder / VERDICTS)}
        except TypeError as error:
            raise InputError(f"{folder / VERDICTS} is torn; begin anew with --fresh") from error
    write_whole(folder / VERDICTS, "")
    write_whole(head, json.dumps(judge.identity, ensure_ascii=False, indent=1) + "\n")
    return {}


# -- beside the rules -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """The judge beside the rules.

    `cells` counts answers by (rule's verdict, judge's); `differ` are those on which the two are
    not of one mind; `kappa` is Cohen's over the answers that the judge could be read on.
    """

    cells: Mapping[tuple[str, str], int]
    kappa: Kappa
    differ: tuple[tuple[Item, Verdict], ...]

    @property
    def read(self) -> int:
        return sum(n for (_, said), n in self.cells.items() if said in BOTH)

    @property
    def agreed(self) -> int:
        return sum(self.cells.get((word, word), 0) for word in BOTH)


def beside(items: Iterable[Item], verdicts: Iterable[Verdict]) -> Beside:
    """The verdicts beside those of the rules, item by item."""
    pairs = [(i, v) for i, v in zip(items, verdicts, strict=True)]
    rules = [RIGHT if i.right else WRONG for i, _ in pairs]
    readable = [(r, v) for r, (_, v) in zip(rules, pairs, strict=True) if v.verdict in BOTH]
    return Beside(
        cells=Counter((r, v.verdict) for r, (_, v) in zip(rules, pairs, strict=True)),
        kappa=cohen_kappa(
            [r for r, _ in readable], [v.verdict for _, v in readable], BOTH,
            [v.id for _, v in readable],
        ),
        differ=tuple(
            (i, v)
            for r, (i, v) in zip(rules, pairs, strict=True)
            if v.verdict in BOTH and v.verdict != r
        ),
    )  # fmt: skip
