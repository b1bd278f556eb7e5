"""What the tests share: the plans read once, a tiny encoder, indexes built with it, gold files.

The tiny encoder hashes pairs of characters into 64 dimensions: deterministic, instant, and enough
to put a clause near a question that shares its words. Tests that need a real model are marked
`model` and share one index, built once a session.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

from index import store
from index.build import build
from index.clauses import parse
from index.corpus import Entry, load_corpus, load_plan
from index.dense import DenseIndex
from index.encoders import Encoder, Vectors, load_encoder
from index.passages import make_passages
from index.plan import Clause, Plan
from index.reading import Reading, read
from index.sparse import SparseIndex
from index.store import Index
from index.tokens import tokens
from rag.assistant import Assistant
from rag.parts import Parts
from tests.browser import browser, page, server  # noqa: F401  fixtures for all tests

# what holds for any input holds on a busy machine, too
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "golden"
GOLD = ROOT / "eval" / "gold"
PLAN_IDS = tuple(sorted(p.name.removesuffix(".units.json") for p in GOLDEN.glob("*.units.json")))
DIM = 64

# A plan of a place that does not exist, in the manner of the real ones: split roles, an open
# list, a section with one closing note, an item without lead, figures of two years.
SYNTHETIC = """青石县全民科学素质行动实施方案（2021—2025年）
（征求意见稿）
根据《国务院关于印发全民科学素质行动规划纲要的通知》（国发〔2021〕9号）精神，制定本方案。
一、总体要求
（一）主要目标。到2025年，全县公民具备科学素质的比例超过16%。到2035年，达到24%。
二、重点任务
（一）青少年行动
1.开展校园科技节。每年举办机器人比赛不少于3场，培训科技辅导员120人次。
2.建设乡村科学教室。建成科学教室40个。
（牵头单位：县教育局、团县委；责任单位：县财政局、县科协等）
（二）老年人行动
1.实施智慧助老。教老年人使用智能手机，防范电信诈骗。（牵头单位：县民政局；责任单位：县卫生健康局、
县公安局）
2.办好老年大学。扩大老年大学招生。（责任单位：县委老干部局、县教育局）
三、组织实施
（一）经费保障。各级财政保障科普经费。
"""
SYNTHETIC_OTHER = """白沙区科普工作行动计划
一、重点任务
（一）农民培训
1.培育高素质农民。每年培育高素质农民500名以上。（区农业农村局牵头，区教体局、区科协配合）
2.建设科普小院。到2025年建成科普小院12个。（区科协、区科技局等负责）
"""


class TinyEncoder:
    """Counts of character pairs, hashed into `DIM` dimensions, of length one."""

    name = "tiny-test-encoder"
    dim = DIM

    def encode_query(self, texts: list[str]) -> Vectors:
        rows = np.zeros((len(texts), DIM), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in tokens(text):
                row[_bucket(token)] += 1
            if not row.any():
                row[0] = 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    encode_document = encode_query


def _bucket(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=4).digest(), "big") % DIM


def read_plan(
    text: str, folder: Path, name: str, entry: Entry | None = None
) -> tuple[Plan, Reading]:
    """A plan read from a text, through a file as the program does it."""
    path = folder / f"{name}.txt"
    path.write_text(text, "utf-8")
    return load_plan(path, entry)


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text without the root, the front matter and the printing line."""
    found = parse(read(text), "t")
    return [c for c in found if c.level not in ("plan", "front", "tail")]


def golden(plan_id: str) -> list[dict[str, Any]]:
    """The clause tree of a plan as read by a person, one record a clause, in text order."""
    lines = (GOLDEN / f"{plan_id}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def squeezed(text: str) -> str:
    """Without white space: for comparing a source slice with what was read out of it."""
    return "".join(text.split())


@pytest.fixture(scope="session")
def tiny() -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture(scope="session")
def corpus() -> dict[str, tuple[Plan, Reading]]:
    """The plans of the real corpus with their readings, by id."""
    return {plan.id: (plan, reading) for plan, reading in load_corpus(CORPUS)}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, tiny: TinyEncoder) -> tuple[Path, Index]:
    """The index of the real corpus as it was built, and the folder it was saved in."""
    folder = tmp_path_factory.mktemp("index")
    return folder, build(CORPUS, folder, tiny, progress=False)


@pytest.fixture(scope="session")
def index_folder(built: tuple[Path, Index]) -> Path:
    """A folder with a saved index of the real corpus. Read only: copy it to damage it."""
    return built[0]


@pytest.fixture(scope="session")
def index(index_folder: Path) -> Index:
    """The index of the real corpus, built with the tiny encoder and read back."""
    return store.load(index_folder)


@pytest.fixture(scope="session")
def assistant(index: Index, tiny: TinyEncoder) -> Assistant:
    return Assistant(index, tiny)


@pytest.fixture(scope="session")
def make_index(index: Index, tiny: TinyEncoder) -> Callable[[list[tuple[Plan, Reading]]], Index]:
    """Builds an index over given plans in memory; the vocabulary is the real corpus's."""

    def make(loaded: list[tuple[Plan, Reading]]) -> Index:
        passages = tuple(p for plan, reading in loaded for p in make_passages(plan, reading))
        texts = [p.text for p in passages]
        return Index(
            plans=tuple(plan for plan, _ in loaded),
            passages=passages,
            dense=DenseIndex.build(tiny.encode_document(texts)),
            sparse=SparseIndex.build(texts),
            vocabulary=index.vocabulary,
            encoder=tiny.name,
            corpus="",
            readings={plan.id: reading for plan, reading in loaded},
        )

    return make


@pytest.fixture(scope="session")
def assistant_of(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Callable[[Mapping[str, str]], Assistant]:
    """Gives the assistant over plans by id and text."""

    def of(texts: Mapping[str, str]) -> Assistant:
        folder = tmp_path_factory.mktemp("plans")
        return Assistant(make_index([read_plan(t, folder, n) for n, t in texts.items()]), tiny)

    return of


def unjudged(assistant: Assistant) -> Assistant:
    """The same, refusing nothing by likelihood: that is fitted on real vectors, of which those of
    TinyEncoder have nothing."""
    return Assistant(assistant.index, assistant.encoder, Parts(judge=lambda _, draft: draft))


@pytest.fixture(scope="session")
def synthetic(
    tmp_path_factory: pytest.TempPathFactory,
    make_index: Callable[[list[tuple[Plan, Reading]]], Index],
    tiny: TinyEncoder,
) -> Assistant:
    """An assistant over two plans of places that do not exist."""
    folder = tmp_path_factory.mktemp("synthetic")
    plans = [
        read_plan(SYNTHETIC, folder, "qingshi"),
        read_plan(SYNTHETIC_OTHER, folder, "baisha"),
    ]
    return Assistant(make_index(plans), tiny)


@pytest.fixture(scope="session")
def bundled() -> Encoder:
    """The real encoder; only for tests marked `model`."""
    return load_encoder()


@pytest.fixture(scope="session")
def real_index_folder(tmp_path_factory: pytest.TempPathFactory, bundled: Encoder) -> Path:
    """An index of the real corpus built with the real encoder (about a minute)."""
    folder = tmp_path_factory.mktemp("real-index")
    build(CORPUS, folder, bundled, progress=False)
    return folder


@pytest.fixture(scope="session")
def real_assistant(real_index_folder: Path, bundled: Encoder) -> Assistant:
    return Assistant.open(real_index_folder, bundled)
