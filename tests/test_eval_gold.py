"""The gold format, the project's own questions, checking them, and what gets stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.check import asked_key, check, contradicts, without_evidence
from eval.gold import (
    BEYOND,
    ONE_PLAN,
    TYPES,
    Gold,
    from_record,
    gold_files,
    purpose_of,
    read_gold,
    read_placed,
    split_of,
    to_record,
)
from eval.measures.answers import LIMITS
from eval.seal import SEAL, Seal, read_seal, seal, stale, write_seal
from index.corpus import load_plan
from index.errors import InputError
from index.plan import Plan
from tests.runs import question

ROOT = Path(__file__).resolve().parents[1]
CORPUS = {p.stem: p.read_text("utf-8") for p in (ROOT / "corpus").glob("*.txt")}
LINE = {
    "id": "q1", "doc": ["a"], "lang": "zh", "type": "number", "question": "多少", "answer": "15%",
    "must": ["15%", ["到2025年", "2025年"]], "must_not": ["25%"], "evidence": [],
}  # fmt: skip


def gold_file(folder: Path, *lines: dict[str, object], name: str = "x.dev.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


# -- the format ---------------------------------------------------------------------------


def test_a_gold_line_is_read_with_alternatives_and_history(tmp_path: Path) -> None:
    turns = {"history": [{"q": "谁牵头", "a": "甲局"}]}
    (gold,) = read_gold([gold_file(tmp_path, {**LINE, **turns})])
    assert gold.must == (("15%",), ("到2025年", "2025年"))
    assert gold.history == (("谁牵头", "甲局"),)
    assert to_record(gold) == {**LINE, **turns}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "q1"', r"x\.jsonl:2: not JSON"),
        ("[1]", r"x\.jsonl:2: not a JSON object"),
        ("[" * 100_000, r"x\.jsonl:2: not JSON"),
        (json.dumps({**LINE, "mustnt": []}), r"x\.jsonl:2: unknown field 'mustnt'"),
        (json.dumps({**LINE, "type": "riddle"}), "unknown type 'riddle'"),
        (json.dumps({k: v for k, v in LINE.items() if k != "must"}), "field 'must' is missing"),
        (json.dumps({**LINE, "must": "15%"}), "field 'must'"),
        (json.dumps({**LINE, "must": [[]]}), "field 'must.0'"),
        (json.dumps({**LINE, "doc": []}), "field 'doc'"),
        (json.dumps({**LINE, "lang": "fr"}), "field 'lang'"),
        (json.dumps({**LINE, "question": " "}), "field 'question'"),
        (json.dumps({**LINE, "history": [{"q": "x"}]}), "field 'history.0.a' is missing"),
        (json.dumps({**LINE, "id": 7}), "field 'id'"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        list(read_gold([path]))
    assert "\n" not in str(caught.value)


def test_an_id_given_twice_is_refused_across_files(tmp_path: Path) -> None:
    first = gold_file(tmp_path, LINE, name="a.jsonl")
    second = gold_file(tmp_path, LINE, name="b.jsonl")
    with pytest.raises(InputError, match=r"b\.jsonl:1: id 'q1' was already given at .*a\.jsonl:1"):
        list(read_gold([first, second]))


words = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1)


@given(
    must=st.lists(st.lists(words, min_size=1, max_size=3), max_size=3),
    history=st.lists(st.tuples(words, words), max_size=2),
    note=st.one_of(st.just(""), words),
)
def test_a_record_survives_the_round_trip(
    must: list[list[str]], history: list[tuple[str, str]], note: str
) -> None:
    gold = question(must=tuple(map(tuple, must)), history=tuple(history), note=note)
    assert from_record(json.loads(json.dumps(to_record(gold))), "here") == gold


def test_split_and_purpose_are_in_the_name() -> None:
    names = ("a.dev.jsonl", "a.held.jsonl", "a.jsonl", "held.jsonl", "a-b.c.dev.jsonl")
    assert [split_of(Path(n)) for n in names] == ["dev", "held", "", "held", "dev"]
    assert [purpose_of(Path(n)) for n in names] == ["a", "a", "a", "held", "a-b.c"]


def test_the_types_have_limits_and_fall_into_two_groups() -> None:
    assert TYPES == ONE_PLAN + BEYOND
    assert set(LIMITS) == set(TYPES)


# -- the project's own questions ----------------------------------------------------------


def own() -> list[tuple[Path, Gold]]:
    return list(read_placed(gold_files()))


def test_the_gold_set_is_large_enough_of_every_type() -> None:
    found = own()
    assert len(found) >= 800
    assert {g.type for _, g in found} == set(TYPES)
    assert {split_of(p) for p, _ in found} == {"dev", "held"}
    assert {d for _, g in found for d in g.doc} == set(CORPUS)


def test_the_projects_own_gold_has_no_fault() -> None:
    assert [f for f in check(own(), CORPUS) if f.weight == "fault"] == []


def test_the_projects_own_gold_is_sealed_over_the_corpus_of_the_day() -> None:
    plans = {p.stem: load_plan(p)[0] for p in (ROOT / "corpus").glob("*.txt")}
    assert stale((g for _, g in own()), read_seal(gold_files()[0].parent), plans) == []


# -- checking -----------------------------------------------------------------------------

SOURCE = "一、目标\n到2025年，比例超过15%。\n二、保障\n由县科协牵头。\n"


def findings(*golds: Gold, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    paths = [Path(n) for n in names] or [Path("x.jsonl")] * len(golds)
    found = check(list(zip(paths, golds, strict=True)), {"a": SOURCE})
    return [(f.weight, f.text) for f in found]


def test_a_sound_question_has_nothing_to_say_about() -> None:
    assert findings(question(evidence=("比例超过15%",))) == []


@pytest.mark.parametrize(
    ("changes", "weight", "said"),
    [
        ({"evidence": ("比例超过16%",)}, "fault", "stands in no plan"),
        ({"evidence": ("15%。\n二、",)}, "fault", "goes over a line end"),
        ({"doc": ("b",)}, "fault", "plan 'b' is not in the corpus"),
        ({"must": ()}, "fault", "must is empty"),
        ({"answer": "16%"}, "fault", "its own answer breaks its rule: lacks 15%"),
        ({"must": (("25%",),), "answer": ""}, "fault", "must and must_not exclude each other"),
        ({"evidence": ()}, "remark", "no evidence"),
        ({"evidence": ("、",)}, "remark", "evidence stands 2 times"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(
    changes: dict[str, object], weight: str, said: str
) -> None:
    given = {"evidence": ("比例超过15%",), **changes}
    assert any(w == weight and said in text for w, text in findings(question(**given)))


def test_questions_asked_twice_are_told_apart() -> None:
    first = question(evidence=("15%",))
    again = question(id="q2", question="多少？", evidence=("15%",))
    other = question(id="q3", must=(("16%",),), answer="16%", evidence=("15%",))
    no = question(id="q4", type="unanswerable", must=(), answer="未提及", must_not=())
    assert findings(first, again) == [("fault", "asks what q1 asks")]
    assert ("fault", "asks what q1 asks and wants another answer") in findings(first, other)
    assert ("fault", "asks what q1 asks and wants another answer") in findings(first, no)
    split = findings(first, again, names=("x.dev.jsonl", "x.held.jsonl"))
    assert split == [("fault", "asks what q1 asks, one dev and one held")]


def test_a_follow_up_is_another_question_than_the_same_words_alone() -> None:
    after = question(history=(("谁牵头", "甲局"),))
    assert asked_key(question()) != asked_key(after)
    assert not contradicts(question(), question(id="q2"))


def test_questions_without_evidence_in_the_plans_are_named() -> None:
    golds = [question(evidence=("15%",)), question(id="q2", evidence=("不在此处",))]
    assert without_evidence(golds, {"a": SOURCE}) == ["q2"]


# -- stale --------------------------------------------------------------------------------

PLAN = """甲县科学素质实施方案

一、主要目标
到2025年，比例超过15%。

二、重点任务
1.实施智慧助老行动。开展培训。（牵头单位：县民政局；责任单位：县科协）
2.实施科普行动。举办讲座。（牵头单位：县科协）
"""
ASKED = (
    question(id="goal", evidence=("比例超过15%",)),
    question(id="lead", evidence=("1.实施智慧助老行动",)),
    question(id="other", evidence=("2.实施科普行动",)),
    question(id="none", type="unanswerable", evidence=()),
)


def plans(folder: Path, text: str) -> dict[str, Plan]:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return {"a": load_plan(path)[0]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x", "x", {}),
        ("比例超过15%", "比例达到20%", {"goal": "gone", "none": "plan changed"}),
        ("责任单位：县科协", "责任单位：县教育局", {"lead": "changed", "none": "plan changed"}),
        ("开展培训", "开展培训和讲座", {"lead": "changed", "none": "plan changed"}),
        # a page break is no change of words
        ("举办讲座", "举办\n\n讲座", {"none": "plan changed"}),
    ],
)
def test_only_what_a_replaced_plan_touched_is_stale(
    tmp_path: Path, old: str, new: str, expected: dict[str, str]
) -> None:
    sealed = seal(ASKED, plans(tmp_path, PLAN))
    found = stale(ASKED, sealed, plans(tmp_path, PLAN.replace(old, new)))
    assert {s.id: s.why for s in found} == expected


def test_evidence_that_is_gone_is_shown_with_the_line_most_like_it(tmp_path: Path) -> None:
    asked = [question(evidence=("到2025年，比例超过15%",))]
    now = plans(tmp_path, PLAN.replace("比例超过15%", "比例达到20%"))
    (found,) = stale(asked, Seal({}, {}), now)
    assert found.near == "到2025年，比例达到20%。"


def test_a_plan_or_a_seal_that_is_not_there_is_said(tmp_path: Path) -> None:
    at = plans(tmp_path, PLAN)
    assert [s.why for s in stale(ASKED, Seal({}, {}), {})] == ["plan gone"] * 4
    assert [s.why for s in stale(ASKED, Seal({}, {}), at)] == ["not sealed"] * 4


def test_a_seal_survives_its_file_and_a_broken_one_is_named(tmp_path: Path) -> None:
    made = seal(ASKED, plans(tmp_path, PLAN))
    write_seal(tmp_path, made)
    assert read_seal(tmp_path) == made
    assert read_seal(tmp_path / "elsewhere") == Seal({}, {})
    for text in ("[]", "no", "{}"):
        (tmp_path / SEAL).write_text(text, "utf-8")
        with pytest.raises(InputError, match="make it anew with"):
            read_seal(tmp_path)
