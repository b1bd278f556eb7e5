"""Correcting the record: what may be said, and that the rest of a hand-kept file stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import load_corpus
from index.errors import CorpusError, InputError
from index.manifest import KEYS, read_pairs, set_fields
from tests.conftest import SYNTHETIC, SYNTHETIC_OTHER

BY_HAND = """# kept by hand

[[plan]]
id = "b"   # the other one
file = "b.txt"
place = "白沙区"

# the county
[[plan]]
status = "draft"  # not yet decided
id = "a"
number = ""
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(SYNTHETIC, "utf-8")
    (tmp_path / "b.txt").write_text(SYNTHETIC_OTHER, "utf-8")
    return tmp_path


def test_only_the_fields_named_change(corpus: Path) -> None:
    (corpus / "manifest.toml").write_text(BY_HAND, "utf-8")
    path = set_fields(corpus, "a", read_pairs(["number=青政发〔2021〕3号", "city=东江市"]))
    changed = BY_HAND.replace('number = ""', 'number = "青政发〔2021〕3号"\ncity = "东江市"')
    assert path.read_text("utf-8") == changed
    plans = {p.id: p for p, _ in load_corpus(corpus)}
    assert (plans["a"].city, plans["a"].meta.number.value) == ("东江市", "青政发〔2021〕3号")
    assert plans["b"].city == ""


def test_a_plan_without_a_table_gets_one(corpus: Path) -> None:
    set_fields(corpus, "a", read_pairs(["place=青石县"]))
    set_fields(corpus, "b", read_pairs(["aliases=白沙, 沙区、Baisha"]))
    assert (corpus / "manifest.toml").read_text("utf-8") == (
        '[[plan]]\nid = "a"\nfile = "a.txt"\nplace = "青石县"\n\n'
        '[[plan]]\nid = "b"\nfile = "b.txt"\naliases = ["白沙", "沙区", "Baisha"]\n'
    )


def test_an_empty_value_takes_a_word_back(corpus: Path) -> None:
    set_fields(corpus, "a", read_pairs(["place=东江县", "period=2020-2030"]))
    set_fields(corpus, "a", read_pairs(["place=", "period="]))
    plan = {p.id: p for p, _ in load_corpus(corpus)}["a"]
    assert (plan.place, plan.meta.period.value) == ("青石县", "2021—2025年")


@pytest.mark.parametrize(
    ("pair", "fields"),
    [
        ("date=2023-10-10", {"date": "2023-10-10"}),
        ("date=2023年1月5日", {"date": "2023-01-05"}),
        ("date = 2023.1.5", {"date": "2023-01-05"}),
        ("period=2021—2025年", {"period_start": "2021", "period_end": "2025"}),
        ("status=征求意见稿", {"status": "draft"}),
        ("title=A=B方案", {"title": "A=B方案"}),
        ("level=county", {"level": "county"}),
        ("aliases=", {"aliases": []}),
    ],
)
def test_what_may_be_said(pair: str, fields: dict[str, object]) -> None:
    assert read_pairs([pair]) == fields


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("colour=red", ("colour", *KEYS)),
        ("place", ("'place'", "key=value")),
        ("=x", ("''",)),
        ("date=2023-02-30", ("2023-02-30", "2023-10-10")),
        ("date=soon", ("soon",)),
        ("period=2021", ("2021-2025",)),
        ("status=new", ("new", "issued", "draft")),
        ("level=village", ("village", "county")),
    ],
)
def test_what_may_not_be_said(pair: str, words: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        read_pairs([pair])
    assert [w for w in words if w not in str(caught.value)] == []
    assert "\n" not in str(caught.value)


def test_an_unknown_plan_writes_nothing(corpus: Path) -> None:
    with pytest.raises(InputError, match=r"unknown plan 'c'.*a, b"):
        set_fields(corpus, "c", {"place": "青石县"})
    assert not (corpus / "manifest.toml").exists()


@pytest.mark.parametrize(
    "text", ["[[plan]\n", "plan = 3\n", '[[plan]]\nid = "a"\ncolour = "red"\n']
)
def test_a_broken_record_is_left_alone(corpus: Path, text: str) -> None:
    (corpus / "manifest.toml").write_text(text, "utf-8")
    with pytest.raises(CorpusError):
        set_fields(corpus, "a", {"place": "青石县"})
    assert (corpus / "manifest.toml").read_text("utf-8") == text
    assert sorted(p.name for p in corpus.iterdir()) == ["a.txt", "b.txt", "manifest.toml"]
