"""The query adapter: its file, its slopes by hand, what fitting it does for questions unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from runs import question

from eval.__main__ import main
from eval.adapting import (
    BATCH,
    TEMPERATURE,
    Example,
    Task,
    _slopes,
    _Steps,
    crossed,
    fit,
    nearest_right,
    task_of,
)
from index.adapter import Adapter, bundled_adapter
from rag.assistant import Assistant

DIM = 24


def _unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _tasks(asked: int = 400) -> tuple[Task, Task]:
    """Passages, and questions that lie where their passage lies once turned: to fit on, to try."""
    dice = np.random.default_rng(3)
    passages = _unit(dice.normal(size=(120, DIM)))
    turn = np.linalg.qr(dice.normal(size=(DIM, DIM)))[0]
    rows = dice.integers(0, len(passages), asked)
    vectors = _unit(passages[rows] @ turn + dice.normal(scale=0.05, size=(asked, DIM)))
    examples = [
        Example(f"q{n}", v, (int(r),)) for n, (v, r) in enumerate(zip(vectors, rows, strict=True))
    ]
    return Task(passages, tuple(examples[:300])), Task(passages, tuple(examples[300:]))


def test_what_is_learnt_holds_for_questions_not_fitted_on() -> None:
    seen, unseen = _tasks()
    assert nearest_right(unseen, None) < 0.1
    fitted = fit([seen], epochs=40)
    assert nearest_right(unseen, fitted) > 0.8
    assert np.array_equal(fitted.up, fit([seen], epochs=40).up)  # the same each time


def test_the_slopes_are_those_of_the_loss() -> None:
    seen, _ = _tasks()
    dice = np.random.default_rng(4)
    down, up = _Steps(dice.normal(0, 0.1, (DIM, 3))), _Steps(dice.normal(0, 0.1, (3, DIM)))
    batch = seen.examples[:5]

    def loss() -> float:
        asked = np.stack([e.vector for e in batch]).astype(np.float64)
        turned = asked + asked @ down.value @ up.value
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        powers = np.exp(turned @ seen.passages.T / TEMPERATURE)
        right = np.array([p[e.rows[0]] for p, e in zip(powers, batch, strict=True)])
        return float(-np.log(right / powers.sum(axis=1)).mean())

    for matrix, slope in zip((down, up), _slopes(seen.passages, batch, down, up), strict=True):
        matrix.value[1, 2] += 1e-5
        more = loss()
        matrix.value[1, 2] -= 2e-5
        less = loss()
        matrix.value[1, 2] += 1e-5
        assert (more - less) / 2e-5 == pytest.approx(slope[1, 2], rel=2e-2, abs=1e-3)


def test_an_adapter_that_was_written_is_read_in_half_precision(tmp_path: Path) -> None:
    dice = np.random.default_rng(5)
    made = Adapter(
        dice.normal(0, 0.1, (DIM, 4)).astype(np.float32),
        dice.normal(0, 0.1, (4, DIM)).astype(np.float32),
    )
    made.write(tmp_path / "adapter.npz")
    held = np.load(tmp_path / "adapter.npz", allow_pickle=False)
    read = Adapter(held["down"].astype(np.float32), held["up"].astype(np.float32))
    rows = _unit(dice.normal(size=(9, DIM)))
    assert np.linalg.norm(made(rows), axis=1) == pytest.approx(1, abs=1e-5)
    assert (made(rows) * read(rows)).sum(axis=1) == pytest.approx(1, abs=1e-3)
    still = replace(made, up=np.zeros_like(made.up))
    assert still(rows) == pytest.approx(rows, abs=1e-6)


def test_the_adapter_at_hand_fits_the_encoder() -> None:
    adapter = bundled_adapter()
    assert adapter.down.shape == adapter.up.shape[::-1]
    assert adapter.down.shape[0] == 384
    assert float(np.abs(adapter.up).max()) > 0


TEXT = (
    "一、任务\n1.修路。到2026年修好乡道三十里，给每个村通班车。\n2.办学。开办夜校，教老人识字。\n"
)


def test_a_question_goes_with_the_passages_that_hold_its_evidence(
    assistant_of: Callable[[Mapping[str, str]], Assistant],
) -> None:
    assistant = assistant_of({"qs": TEXT})
    asked = question(
        id="a", doc=("qs",), type="measure", question="班车通到哪", evidence=("给每个村通班车",)
    )
    task = task_of(
        assistant,
        [
            asked,
            replace(asked, id="b", type="unanswerable"),
            replace(asked, id="c", history=(("x", "y"),)),
            replace(asked, id="d", evidence=("不在这里",)),
        ],
    )
    (only,) = task.examples
    texts = [assistant.index.passages[n].text for n in only.rows]
    assert texts
    assert all("班车" in t for t in texts)
    assert len(task.passages) == len(assistant.index.passages)
    assert task.without(["a"]).examples == ()


def test_nobody_is_asked_under_an_adapter_that_has_seen_the_question() -> None:
    seen, _ = _tasks(60)
    groups = {e.id: str(n // 2) for n, e in enumerate(seen.examples)}  # twins
    inside = [ids for _, ids in crossed([seen], groups, epochs=1)]
    assert sorted(i for ids in inside for i in ids) == sorted(groups)
    for ids in inside:
        assert {groups[i] for i in ids}.isdisjoint(g for i, g in groups.items() if i not in ids)


def test_held_gold_is_not_fitted_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = tmp_path / "x.held.jsonl"
    held.write_text("{}\n", "utf-8")
    assert main(["adapt", "--gold", str(held)]) == 2
    assert "is held" in capsys.readouterr().err


def test_a_batch_holds_questions_of_one_corpus() -> None:
    seen, _ = _tasks()
    other = Task(
        _unit(np.random.default_rng(6).normal(size=(7, DIM))),
        (Example("o", seen.examples[0].vector, (6,)),),
    )
    # row 6 exists in both: were the two mixed, the other corpus's row 100 would be out of range
    assert fit([seen, other], epochs=1).down.shape[0] == DIM
    assert len(seen.examples) > BATCH
