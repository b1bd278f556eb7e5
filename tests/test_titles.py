"""Plans named by what a question says of their titles."""

from __future__ import annotations

import pytest

from rag.titles import Titles

TITLES = {
    "city": "“无尘城市”建设试点工作方案",
    "aid": "国务院办公厅关于深入开展消费帮扶助力乡村全面振兴的指导意见",
    "zone": "国务院关于促进综合保税区高水平开放的若干意见",
    "opc": "青石市打造人工智能OPC创新发展新高地行动计划（2026—2027年）",
    "opc2": "白沙市支持人工智能OPC发展若干措施",
    "report": "政府工作报告",
}


@pytest.fixture(scope="module")
def titles() -> Titles:
    return Titles(TITLES)


@pytest.mark.parametrize(
    ("question", "plans", "spoken"),
    [
        ("无尘城市方案谁牵头", ["city"], "无尘城市方案"),
        ("那个消费帮扶意见什么时候印发的", ["aid"], "消费帮扶意见"),
        ("消费帮扶的指导意见谁发的", ["aid"], "消费帮扶的指导意见"),
        ("综保区意见哪个部门负责", ["zone"], "综保区意见"),  # shortened
        ("opc那份计划有几条", ["opc", "opc2"], "opc那份计划"),  # the kind of document is no proof
        ("深入开展消费帮扶由谁负责", ["aid"], "深入开展消费帮扶"),  # without a noun
        ("《消费帮扶》里谁负责", ["aid"], "《消费帮扶》"),
        ("（消费帮扶）谁负责", ["aid"], "（消费帮扶）"),
    ],
)
def test_what_is_said_of_titles(
    titles: Titles, question: str, plans: list[str], spoken: str
) -> None:
    found = titles.find(question, list(TITLES))
    assert found is not None
    assert list(found.plans) == plans
    assert spoken in question[slice(*found.span)]


def test_what_opens_the_name_of_a_document_is_of_the_name(titles: Titles) -> None:
    question = "暖心消费帮扶意见里，谁负责"
    found = titles.find(question, list(TITLES))
    assert found is not None
    assert question[slice(*found.span)] == "暖心消费帮扶意见"
    question = "谁管消费帮扶意见"  # nothing says that the document is meant
    found = titles.find(question, list(TITLES))
    assert found is not None
    assert question[slice(*found.span)] == "消费帮扶意见"


@pytest.mark.parametrize(
    "question",
    [
        "这个方案谁负责",
        "实施方案谁牵头",
        "17条举措分别是什么",
        "科普大篷车方案谁牵头",  # no title has it
        "政府的若干措施",  # what all documents share tells none apart
        "谁牵头",
        "",
    ],
)
def test_what_names_no_plan(titles: Titles, question: str) -> None:
    assert titles.find(question, list(TITLES)) is None


def test_only_plans_that_may_be_meant_are_found(titles: Titles) -> None:
    assert titles.find("opc那份计划", ["opc2", "city"]) == (("opc2",), (0, 7))
    assert titles.find("消费帮扶意见", ["opc2", "city"]) is None


@pytest.mark.parametrize(
    ("question", "plans"),
    [("综保区要建成哪五个中心", ("zone",)), ("要建成哪五个中心", ()), ("科普园谁牵头", ())],
)
def test_a_title_named_by_a_shortened_word(
    titles: Titles, question: str, plans: tuple[str, ...]
) -> None:
    words, printed = frozenset({"综合", "保税", "科学", "普及"}), frozenset({"科普"})
    assert titles.by_short_word(question, words, printed) == plans


@pytest.mark.parametrize(
    ("question", "plans"),
    [
        ("青石政府工作报告里目标是多少", ["report"]),
        ("青石行动计划谁牵头", ["opc"]),
        ("青石方案谁牵头", None),
        ("青石谁牵头智慧助老", None),
    ],
)
def test_of_the_plans_of_a_place_the_kind_of_document_tells_which(
    titles: Titles, question: str, plans: list[str] | None
) -> None:
    found = titles.of_kind(question, ["opc", "report"])
    assert (list(found.plans) if found else None) == plans
