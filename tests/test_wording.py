"""The words of duty notes: which role a label or verb names, and how names of bodies end."""

from __future__ import annotations

import pytest

from index.wording import BODY, FIRST_LEADS, LABEL, VERB, depth_at, remark_in, role_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("牵头单位", "lead"), ("总牵头单位", "lead"), ("牵头责任单位", "lead"),
        ("主办单位", "lead"), ("主责部门", "lead"), ("牵头部门", "lead"), ("牵头责任部门", "lead"),
        ("责任单位", "responsible"), ("责任部门", "responsible"), ("责任主体", "responsible"),
        ("主要责任单位", "responsible"), ("落实单位", "responsible"), ("实施单位", "responsible"),
        ("承办单位", "responsible"), ("责任科室", "responsible"), ("组织实施单位", "responsible"),
        ("参加单位", "participant"), ("参与部门", "participant"),
        ("配合单位", "support"), ("协办单位", "support"), ("协同单位", "support"),
        ("指导单位", "guide"), ("业务指导部门", "guide"),
    ],
)  # fmt: skip
def test_labels(label: str, role: str) -> None:
    m = LABEL.fullmatch(label)
    assert m is not None
    assert role_of(m) == role


@pytest.mark.parametrize("word", ["单位", "完成时限", "成员", "有关单位"])
def test_words_that_are_no_labels(word: str) -> None:
    assert LABEL.fullmatch(word) is None


@pytest.mark.parametrize(
    ("verb", "role"),
    [
        ("牵头", "lead"), ("共同牵头", "lead"), ("总牵头", "lead"), ("牵头负责", "lead"),
        ("牵头组织实施", "lead"), ("主办", "lead"),
        ("负责", "responsible"), ("分别负责", "responsible"), ("按职责分工负责", "responsible"),
        ("按照各自职责分工负责", "responsible"), ("负责落实", "responsible"),
        ("组织实施", "responsible"),
        ("参加", "participant"), ("参与", "participant"), ("共同参与", "participant"),
        ("配合", "support"), ("积极配合", "support"), ("协办", "support"), ("协同", "support"),
        ("指导", "guide"), ("业务指导", "guide"),
    ],
)  # fmt: skip
def test_verbs_at_the_end_of_their_list(verb: str, role: str) -> None:
    m = VERB.search(f"县科协{verb}，")
    assert m is not None
    assert m.group(0) == verb
    assert role_of(m) == role


def test_a_verb_with_an_object_is_prose() -> None:
    assert VERB.search("县科协负责科普工作") is None
    assert VERB.search("县科协牵头建立机制，") is None


@pytest.mark.parametrize(
    "name",
    ["县科协", "县教育局", "各乡镇人民政府", "市公司", "各区（县）", "县委党校", "团县委", "各街道",
     "生态环境部", "商务部", "税务总局", "各乡镇（街道）", "宣传科", "县电影集团", "县妇联",
     "工作专班"],
)  # fmt: skip
def test_names_of_bodies(name: str) -> None:
    assert BODY.search(name)


@pytest.mark.parametrize("name", ["2025年底前", "企业自主", "科普活动", "持续推进", "经费"])
def test_what_is_no_name_of_a_body(name: str) -> None:
    assert not BODY.search(name)


@pytest.mark.parametrize("remark", ["列第一位的为牵头单位", "排首位的为牵头部门", "居第一位者牵头"])
def test_first_leads(remark: str) -> None:
    assert FIRST_LEADS.fullmatch(remark) or FIRST_LEADS.match(remark)


def test_the_first_of_something_else_leads_nothing() -> None:
    assert not FIRST_LEADS.search("列全省第一位，由县科协牵头")


@pytest.mark.parametrize(
    ("listed", "kept"),
    [
        ("甲局、乙局，列第一位的为牵头单位", "甲局、乙局，"),
        ("甲局、乙局，下同", "甲局、乙局，"),
        ("甲局、乙局，以下各项均不再列出各乡镇", "甲局、乙局，"),
        ("甲局、乙局，不再重复列出各乡镇", "甲局、乙局，"),
        ("甲局、乙局", "甲局、乙局"),
        ("各区人民政府（含管委会，下同）、甲局", "各区人民政府（含管委会，下同）、甲局"),
    ],
)
def test_a_list_ends_at_its_first_remark(listed: str, kept: str) -> None:
    assert listed[: remark_in(listed, 0, len(listed))] == kept


def test_depth_counts_brackets_of_any_kind() -> None:
    text = "甲（乙〔丙）丁"
    assert [depth_at(text, 0, k) for k in range(len(text) + 1)] == [0, 0, 1, 1, 2, 2, 1, 1]
    assert depth_at("））甲", 0, 3) == 0
