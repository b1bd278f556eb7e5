"""Plans named by how an English question describes their titles."""

from __future__ import annotations

import pytest

from rag.english_titles import EnglishTitles

TITLES = {
    "city": "“无尘城市”建设试点工作方案",
    "aid": "国务院办公厅关于深入开展消费帮扶助力乡村全面振兴的指导意见",
    "loan": "国务院办公厅关于发挥融资担保基金作用的指导意见",
    "school": "国家职业教育改革实施方案",
    "opc": "青石市打造人工智能OPC创新发展新高地行动计划（2026—2027年）",
    "opc2": "白沙市支持人工智能OPC发展若干措施",
    "report": "政府工作报告",
}
NUMBERS = {
    "aid": "国办发〔2018〕1号", "loan": "国办发〔2019〕2号", "school": "国发〔2019〕3号",
    "opc": "青发〔2026〕4号",
}  # fmt: skip
DICTIONARY = {
    "consum": ("消费",), "assistanc": ("帮扶", "援助"), "guarante": ("保证", "担保"),
    "fund": ("基金", "资金"), "financ": ("金融", "融资"),
    "nation": ("国家",), "pilot": ("试点",),
}  # fmt: skip


@pytest.fixture(scope="module")
def titles() -> EnglishTitles:
    return EnglishTitles(TITLES, NUMBERS, DICTIONARY)


@pytest.mark.parametrize(
    ("question", "plans", "spoken"),
    [
        ("in the state council's 2019 opinion on financing guarantee funds, what is the fee?",
         ["loan"], "state council's 2019 opinion on financing guarantee funds"),
        ("who leads under the guidance on consumption-based assistance?",
         ["aid"], "guidance on consumption-based assistance"),
        ("what does the national vocational education reform plan say of books?",
         ["school"], "national vocational education reform plan"),
        # the kind of document is no proof
        ("when does the ai opc plan begin?", ["opc", "opc2"], "ai opc plan"),
        # words that are of the matter, too, stand side by side in one title
        ("how are financing guarantees paid?", ["loan"], ""),
        # nothing but who issued it, and when
        ("what does the state council's 2018 opinion say of shops?",
         ["aid"], "state council's 2018 opinion"),
    ],
)  # fmt: skip
def test_what_is_described(
    titles: EnglishTitles, question: str, plans: list[str], spoken: str
) -> None:
    found = titles.find(question, list(TITLES))
    assert found is not None
    assert list(found.plans) == plans
    assert question[slice(*found.span)] == spoken


@pytest.mark.parametrize(
    "question",
    [
        "who leads under the implementation plan?",
        "what does the national reform plan say?",  # what all documents share tells none apart
        "what does the plan on forest fires say?",  # no title has it
        "how much is paid by the fund?",  # one word that a title has is no description
        "in the state council's 2015 opinion, who leads?",
        "",
    ],
)
def test_what_describes_no_plan(titles: EnglishTitles, question: str) -> None:
    assert titles.find(question, list(TITLES)) is None


def test_among_those_named(titles: EnglishTitles) -> None:
    found = titles.find("when does the ai opc plan begin?", ["opc2", "report"])
    assert found is not None
    assert found.plans == ("opc2",)
