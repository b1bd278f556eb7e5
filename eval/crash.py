"""The crash test: a writer is killed again and again, and each time the index is looked at.

A child process adds, replaces and removes plans at random, writing down what it begins and what it
has done. It is killed (SIGKILL, which nothing can catch) at a random moment, or it kills itself at
a random one of the points where it changes a file: between two of them nothing on disk changes.
Then, before anything is mended and after it:

  * the index opens, and the corpus is not said to differ from it
  * every plan is the one that was there before the change that was cut short, or after it; all in
    the same state
  * a question is answered from the plan it names

and at the end the index gives the same scores as one built at once from the corpus.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index import generation, journal, store
from index.build import add, build, remove
from index.corpus import plan_files
from index.dictionary import Dictionary, dictionary_data
from index.disk import dump
from index.doctor import examine
from index.encoders import Vectors
from index.errors import InputError
from index.tokens import tokens
from rag.assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
CHILD = "from eval.crash import child; child()"
DIM = 32
PLANS = 9  # different plans that come and go: few enough to be replaced and removed often
LEAST = 2  # plans that stay, for a corpus is never emptied
MOMENT = 0.4  # seconds within which a writer is killed: it makes some changes in that time
POINTS = 160  # changes to files within which it kills itself: two to four changes of plans
CHANGING = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"})
PLACES = "安白昌川大东丰广和"
TEXT = """{place}县科普工作方案
一、重点任务
（一）老年人行动
1.实施智慧助老。教老年人使用智能手机，第{version}版。（牵头单位：县民政局；责任单位：县科协）
2.办好老年大学。每年招生{count}名。（责任单位：县教育局）
（二）农民行动
1.培育高素质农民。培育高素质农民{count}名。（牵头单位：县农业农村局）
"""

State = Mapping[str, str]  # the text of each plan by id


class HashEncoder:
    """Counts of characters and their pairs, hashed, of length one: instant and the same always."""

    name = "crash-test-encoder"
    dim = DIM

    def encode_query(self, texts: list[str]) -> Vectors:
        rows = np.zeros((len(texts), DIM), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in tokens(text):
                row[sum(map(ord, token)) % DIM] += 1
            row[0] += not row.any()
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    encode_document = encode_query


def begin(folder: Path, words: Dictionary) -> tuple[Path, Path]:
    """Makes a corpus of the first plans and its index, with a dictionary of few words."""
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir(parents=True)
    index.mkdir()
    for n in range(LEAST + 1):
        (corpus / f"p{n}.txt").write_text(text_of(n, 0), "utf-8")
    dump(index / generation.DICTIONARY, dictionary_data(words))
    build(corpus, index, HashEncoder(), progress=False)
    return corpus, index


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: kills, how many came amid a change, and changes done in all."""

    kills: int
    amid: int
    changes: int


def text_of(n: int, version: int) -> str:
    """The text of plan number n in a version."""
    return TEXT.format(place=PLACES[n] + "山", version=version, count=100 * n + version)


def run(kills: int, folder: Path, seed: int = 0) -> Iterator[Outcome]:
    """Kills a writer so many times; yields what has come of it so far after each.

    Raises InputError where the index does not hold what it promises.
    """
    chance = random.Random(seed)
    words = Dictionary({"phone": {"手机": 1.0}}, {}, {}, frozenset({"手机"}), {})
    corpus, index = begin(folder, words)
    amid = changes = 0
    for kill in range(1, kills + 1):
        before = _texts(corpus)
        job = {"folder": str(folder), "seed": chance.randrange(1 << 30), "at": 0}
        if chance.random() < 0.5:
            job["at"] = chance.randrange(1, POINTS)
        done, begun = _killed(job, chance.random() * MOMENT)
        states = [_state(done[-1]) if done else before]
        if begun:
            states.append(_state(begun))
            amid += 1
        changes += len(done)
        _look(corpus, index, states, chance)
        yield Outcome(kill, amid, changes)
    _compare(corpus, index, folder / "whole")


def _state(line: str) -> State:
    found: dict[str, str] = json.loads(line)
    return found


def _texts(corpus: Path) -> dict[str, str]:
    return {p.stem: p.read_text("utf-8") for p in plan_files(corpus)}


def _killed(job: dict[str, Any], moment: float) -> tuple[list[str], str]:
    """Runs a writer and kills it; the states that it reached, and the one it was on its way to."""
    log = Path(job["folder"]) / "log"
    log.write_bytes(b"")
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, json.dumps(job)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        process.stdout.readline()  # it has loaded its modules and begins
        if not job["at"]:
            time.sleep(moment)
            process.kill()
        _, said = process.communicate()
    if process.returncode != -signal.SIGKILL:
        raise InputError(f"the writer ended by itself: {said.decode('utf-8', 'replace')[-500:]}")
    lines = log.read_text("utf-8").split("\n")[:-1]  # a last line without its end is not yet said
    begun = [line[1:] for line in lines if line[0] == "<"]
    done = [line[1:] for line in lines if line[0] == ">"]
    return done, begun[-1] if len(begun) > len(done) else ""


def _look(corpus: Path, index: Path, states: Sequence[State], chance: random.Random) -> None:
    """Opens and asks the index as it was left, and again once what was begun is finished."""
    for finished in (False, True):
        if finished:
            journal.finish(index)
        opened = store.load_for(index, corpus)
        held = {p.id: p.source for p in opened.plans}
        if held not in states:
            raise InputError(f"the index holds {sorted(held)}, neither the old state nor the new")
        if finished and _texts(corpus) != held:
            raise InputError(f"the corpus holds {sorted(_texts(corpus))}, the index {sorted(held)}")
        card = chance.choice(opened.held_index().cards)
        answer = Assistant(opened, HashEncoder()).ask(f"{card.name}智慧助老由谁牵头")
        if answer.status != "answered" or "县民政局" not in answer.answer:
            raise InputError(f"asked of {card.name}, the index said: {answer.answer}")


def _compare(corpus: Path, index: Path, whole: Path) -> None:
    """Raises InputError where the index differs from one built at once, or is not sound."""
    encoder = HashEncoder()
    built = build(corpus, whole, encoder, progress=False)
    build(corpus, index, encoder, progress=False)
    opened = store.load(index)
    query = "老年人使用智能手机"
    vector = encoder.encode_query([query])[0]
    scores = [
        set(
            zip(
                (p.id for p in i.passages),
                i.sparse.scores(query).tolist(),
                i.dense.scores(vector).tolist(),
                strict=True,
            )
        )
        for i in (built, opened)
    ]
    if scores[0] != scores[1] or built.dense.spread(vector) != opened.dense.spread(vector):
        raise InputError("the index scores otherwise than one that is built at once")
    faults = [f.what for f in examine(index, corpus, encoder.name) if f.level == "fault"]
    if faults:
        raise InputError(f"the index is not sound: {faults[0]}")


# -- the writer ---------------------------------------------------------------------------


def child() -> None:
    """The process that is killed: changes plans until then."""
    job = json.loads(sys.argv[1])
    folder, chance = Path(job["folder"]), random.Random(job["seed"])
    if job["at"]:
        _die_at(job["at"])
    print("ready", flush=True)
    while True:
        _change(folder, chance)


def _die_at(point: int) -> None:
    """Kills this process just before it changes a file for that time."""
    left = point

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_ACCMODE
        if writes or event in CHANGING:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(seen)


def _change(folder: Path, chance: random.Random) -> None:
    """One change, with the state it leads to written down before it and after it."""
    corpus, index, encoder = folder / "corpus", folder / "index", HashEncoder()
    held = _texts(corpus)
    n = chance.randrange(PLANS)
    plan, version = f"p{n}", chance.randrange(1, 1000)
    removes = plan in held and len(held) > LEAST and chance.random() < 0.4
    after = {k: v for k, v in held.items() if k != plan}
    if not removes:
        after[plan] = text_of(n, version)
    _log(folder, "<", after)
    if removes:
        remove([plan], corpus, index, encoder, progress=False)
    else:
        new = folder / f"{plan}.txt"
        new.write_text(after[plan], "utf-8")
        add([new], corpus, index, encoder, replace=True, progress=False)
    _log(folder, ">", after)


def _log(folder: Path, mark: str, state: State) -> None:
    with (folder / "log").open("a", encoding="utf-8") as out:
        out.write(mark + json.dumps(state, ensure_ascii=False) + "\n")
