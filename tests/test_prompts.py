"""Prompts are read strictly: head, variables, name."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import InputError
from rag.prompts import PROMPTS, load_prompt

GOOD = "---\nname: p\nversion: 2\nlanguage: zh\nvariables: [a, b]\n---\n{a}：{b}，{{原样}}\n"


def write(folder: Path, text: str) -> Path:
    (folder / "p.md").write_text(text, "utf-8")
    return folder


def test_a_prompt_is_read_and_filled(tmp_path: Path) -> None:
    prompt = load_prompt("p", write(tmp_path, GOOD))
    assert (prompt.version, prompt.language, prompt.variables) == (2, "zh", ("a", "b"))
    assert prompt.fill(a="甲", b="{乙}") == "甲：{乙}，{原样}\n"
    assert len(prompt.sha256) == 64


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("version: 2\n", ""), "needs a head with exactly"),
        (GOOD.replace("version: 2", "version: two"), "version must be a whole number"),
        (GOOD.replace("name: p", "name: q"), "name and file must agree"),
        (GOOD.replace("[a, b]", "[a]"), "variable 'b' is declared or used, but not both"),
        (GOOD.replace("[a, b]", "[a, b, c]"), "variable 'c' is declared or used"),
        (GOOD.replace("{a}：", "{a}：{"), "a brace stands alone|variable"),
        (GOOD.replace("name: p", "name: [p"), "its head is not YAML"),
        ("no head", "needs a head"),
    ],
)
def test_a_faulty_prompt_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_prompt("p", write(tmp_path, text))


def test_missing_and_unknown_variables_are_refused(tmp_path: Path) -> None:
    prompt = load_prompt("p", write(tmp_path, GOOD))
    with pytest.raises(InputError, match="variable 'b'"):
        prompt.fill(a="甲")
    with pytest.raises(InputError, match="variable 'c'"):
        prompt.fill(a="甲", b="乙", c="丙")
    with pytest.raises(InputError, match="cannot read prompt"):
        load_prompt("q", tmp_path)


def test_every_prompt_of_the_project_is_sound() -> None:
    names = [p.stem for p in PROMPTS.glob("*.md") if p.name != "README.md"]
    assert names
    assert [load_prompt(n).name for n in names] == names
