"""Facts of the document that a sentence tells: approval, meeting, forwarding, comments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.plan import Plan
from index.reading import Reading
from index.store import Index
from rag.answer import Answer
from rag.assistant import Assistant
from tests.conftest import TinyEncoder, read_plan

NOTICE = """白岭县人民政府办公室
关于印发《白岭县科普工作方案》的通知
白政办发〔2022〕7号
各乡镇人民政府：
《白岭县科普工作方案》{approved}，现印发给你们，请认真执行。
白岭县人民政府办公室
2022年3月4日
白岭县科普工作方案
根据《某省人民政府办公厅关于印发科普规划的通知》（某政办发〔2021〕3号）精神，制定本方案。
一、重点任务
1.建设科普基地。科普基地经县科协同意后挂牌，由县科协组织专家会议审议通过名单。（牵头单位：县科协）
2.开展课后服务。按照《关于做好课后服务工作的意见》（某教发〔2021〕9号）开展课后服务。（牵头单位：县教育局）
3.培训农民。每年培训高素质农民300人次。（牵头单位：县农业农村局）
"""
DRAFT = """白岭县科普工作方案
（征求意见稿）
为加强科普工作，制定本方案。
一、重点任务
1.建设科普基地。建成科普基地5个。（牵头单位：县科协）
2.听取意见。通过网站、热线电话听取群众意见。（牵头单位：县科协）
白岭县科学技术局2022年5月2日发布，意见请于2022年6月1日前反馈，电子邮箱：kepu@example.org。
"""
Make = Callable[[list[tuple[Plan, Reading]]], Index]


@pytest.fixture
def ask(
    make_index: Make, tiny: TinyEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Answer]:
    def asked(text: str, question: str) -> Answer:
        folder = tmp_path_factory.mktemp("stated")
        return Assistant(make_index([read_plan(text, folder, "bailing")]), tiny).ask(question)

    return asked


Ask = Callable[[str, str], Answer]
APPROVED = NOTICE.format(approved="已经县人民政府同意")
PASSED = NOTICE.format(approved="已经县政府第12次常务会议审议通过")
STUDIED = NOTICE.format(approved="经研究决定")


@pytest.mark.parametrize(
    "question",
    [
        "这个方案是经谁点头同意的",
        "白岭的方案下发前经过谁批准",
        "方案谁批准的",
        "Who approved the plan?",
        "With whose approval was the plan issued?",
    ],
)
def test_with_whose_approval(ask: Ask, question: str) -> None:
    answer = ask(APPROVED, question)
    assert answer.kind == "meta"
    assert "已经县人民政府同意" in answer.answer
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    ["方案是哪次会议通过的", "方案经哪次常务会议审议通过", "Which meeting passed the plan?"],
)
def test_which_meeting(ask: Ask, question: str) -> None:
    assert "第12次常务会议审议通过" in ask(PASSED, question).answer
    assert ask(APPROVED, question).status == "not_mentioned"


def test_who_approved_is_told_by_the_meeting(ask: Ask) -> None:
    assert "第12次常务会议" in ask(PASSED, "方案谁批准的").answer


def test_what_was_studied_was_approved_by_nobody_named(ask: Ask) -> None:
    """What the clauses say of approvals is about other things than the document."""
    assert ask(STUDIED, "方案谁批准的").status == "not_mentioned"


def test_a_matter_approved_is_no_fact_of_the_document(ask: Ask) -> None:
    assert ask(APPROVED, "方案里的科普基地由谁批准挂牌").kind != "meta"


def test_who_forwarded(ask: Ask) -> None:
    forwarded = APPROVED.replace("现印发给你们", "现转发给你们")
    assert "现转发给你们" in ask(forwarded, "方案是谁转发的").answer
    assert ask(APPROVED, "方案是谁转发的").status == "not_mentioned"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("方案的意见最晚什么时候提", "2022年6月1日"),
        ("方案征求意见到哪天", "2022年6月1日"),
        ("要在几号前对方案反馈意见", "2022年6月1日"),
        ("对方案的意见怎么提", "kepu@example.org"),
        ("Until when can comments be sent on the draft?", "2022年6月1日"),
    ],
)
def test_comments_on_a_draft(ask: Ask, question: str, told: str) -> None:
    assert told in ask(DRAFT, question).answer


def test_how_comments_are_sent_is_not_taken_from_a_clause(ask: Ask) -> None:
    plain = DRAFT.replace("，电子邮箱：kepu@example.org", "")
    assert ask(plain, "对方案的意见怎么提").status == "not_mentioned"


@pytest.mark.parametrize(
    "question", ["县政府办公室发这个方案，通知的文号是啥", "白岭县政府这个通知的文号多少"]
)
def test_the_own_number_with_the_issuer_named(ask: Ask, question: str) -> None:
    """办发 stands in the numbers of other documents and names none of them."""
    answer = ask(APPROVED, question)
    assert "白政办发〔2022〕7号" in answer.answer
    assert "某政办发" not in answer.answer


def test_the_own_number_that_is_not_printed(ask: Ask) -> None:
    unnumbered = APPROVED.replace("白政办发〔2022〕7号\n", "")
    assert ask(unnumbered, "县政府办公室发这个方案，通知的文号是啥").status == "not_mentioned"


def test_the_basis_of_one_measure(ask: Ask) -> None:
    answer = ask(APPROVED, "开展课后服务依的是哪个文件？要文号")
    assert "某教发〔2021〕9号" in answer.answer
    assert "某政办发" not in answer.answer
    assert "白政办发" not in answer.answer


def test_a_measure_that_names_no_basis(ask: Ask) -> None:
    answer = ask(APPROVED, "培训农民依的是哪个文件？要文号")
    assert answer.status == "not_mentioned"
    assert "〔" not in answer.answer


def test_the_basis_of_the_whole_plan(ask: Ask) -> None:
    assert "某政办发〔2021〕3号" in ask(APPROVED, "这个方案依据哪些文件制定").answer


def test_what_may_change_within_the_validity_is_no_validity(ask: Ask) -> None:
    changing = APPROVED + "二、附则\n本方案有效期内遇政策调整的，从其规定。\n"
    assert ask(changing, "方案有效期到什么时候").status == "not_mentioned"
    dated = APPROVED + "二、附则\n本方案有效期至2025年12月31日。\n"
    assert "2025年12月31日" in ask(dated, "方案有效期到什么时候").answer
