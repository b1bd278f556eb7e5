"""Reading questions: kind, place, roles, units, years, and what is excluded, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import Index
from index.units import unit_names
from rag.assistant import Assistant
from rag.framing import Frame
from rag.question import Question, concepts_of
from rag.reader import QuestionReader
from rag.spelling import Speller
from tests.conftest import SYNTHETIC

LEAD, RESPONSIBLE, PARTICIPANT = ("lead",), ("responsible",), ("participant",)
Q, B = ("qingshi",), ("baisha",)


def units_of(question: Question) -> list[str]:
    return [m.text for m in question.units]


# (question, kind, what else must have been understood)
CHINESE: list[tuple[str, str, dict[str, Any]]] = [
    ("青石县校园科技节由谁牵头", "duty", {"plans": Q, "roles": LEAD, "who": True}),
    ("青石智慧助老归口哪个局", "duty", {"plans": Q, "roles": LEAD}),
    ("智慧助老这块工作的牵头单位？", "duty", {"plans": (), "roles": LEAD}),
    ("青石智慧助老的责任单位有哪些，牵头的不算", "duty", {"roles": RESPONSIBLE, "drop_lead": True}),
    ("除了牵头单位，校园科技节还有谁参加", "duty", {"roles": PARTICIPANT, "drop_lead": True}),
    ("校园科技节除牵头的两家外哪些单位参加", "duty",
     {"roles": PARTICIPANT, "drop_lead": True}),
    ("只要牵头的，智慧助老是哪些单位", "duty",
     {"roles": LEAD, "only_lead": True, "drop_lead": False}),
    ("智慧助老谁牵头，责任单位不要", "duty", {"roles": LEAD, "only_lead": True}),
    ("县教育局在青石方案里有哪些任务", "tasks", {"plans": Q, "units": ["县教育局"]}),
    ("青石团县委牵头几项", "tasks",
     {"plans": Q, "roles": LEAD, "units": ["团县委"], "counts": True}),
    ("白沙区农业局都摊上哪些活儿", "tasks", {"plans": B, "units": ["农业局"]}),
    ("青石县教育局要配合做哪一块科普工作", "tasks", {"plans": Q, "units": ["县教育局"]}),
    ("白沙区农业局管哪块？", "tasks", {"plans": B, "units": ["农业局"]}),
    ("青石老人能参加的比赛有哪些", "list", {"plans": Q, "roles": ()}),
    ("青石科学教室建在哪条路上", "measure", {"plans": Q}),
    ("青石这份是以谁的名义发的", "meta", {"plans": Q, "meta": ("issuer",)}),
    ("青石以县长名义设的奖叫什么", "list", {"plans": Q}),
    ("智慧助老是不是县公安局牵头？", "role_check",
     {"roles": LEAD, "units": ["县公安局"], "yes_no": True}),
    ("青石智慧助老，公安局只是责任单位吧", "role_check",
     {"plans": Q, "roles": RESPONSIBLE, "units": ["公安局"]}),
    ("白沙每年培育多少高素质农民", "figure", {"plans": B, "per_year": True, "counts": True}),
    ("青石到2035年公民具备科学素质的比例是多少", "figure", {"plans": Q, "years": (2035,)}),
    ("青石十四五期间建成科学教室几个", "figure", {"years": (2025,)}),
    ("青石要建成30个科学教室，对吗", "figure_check", {"plans": Q, "numbers": ("30个",)}),
    ("哪一年达到24%", "when", {"plans": ()}),
    ("青石这份方案是征求意见稿吗", "meta", {"plans": Q, "meta": ("status",)}),
    ("青石县方案的文号是多少", "meta", {"plans": Q, "meta": ("number",)}),
    ("青石县方案全称叫什么", "meta", {"plans": Q, "meta": ("title",)}),
    ("重点任务有哪几项", "list", {}),
    ("青石怎么教老人用手机", "measure", {"plans": Q}),
    ("青石县科协主席电话多少", "contact", {"plans": Q}),
]  # fmt: skip

ENGLISH: list[tuple[str, str, dict[str, Any]]] = [
    ("Who leads the campus science festival in Qingshi?", "duty", {"plans": Q, "roles": LEAD}),
    ("Besides the lead units, who takes part in smart assistance in Qingshi County?", "duty",
     {"plans": Q, "roles": PARTICIPANT, "drop_lead": True}),
    ("Is the Education Bureau the lead unit of smart assistance in Qingshi?", "role_check",
     {"plans": Q, "roles": LEAD, "units": ["education bureau"], "yes_no": True}),
    ("What are the tasks of the Education Bureau in Qingshi?", "tasks", {"plans": Q}),
    ("How many science classrooms will be built in Qingshi by 2025?", "figure",
     {"plans": Q, "years": (2025,), "counts": True}),
    ("How many farmers are trained each year in Baisha's plan?", "figure",
     {"plans": B, "per_year": True}),
    ("What is the Education Bureau in Qingshi asked to help with?", "tasks", {"plans": Q}),
    ("Is the Qingshi plan a draft?", "meta", {"plans": Q, "meta": ("status",)}),
    ("What is the document number of the Baisha plan?", "meta", {"plans": B, "meta": ("number",)}),
    ("How does Qingshi teach old people to use smartphones?", "measure", {"plans": Q}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "expected"), [*CHINESE, *ENGLISH])
def test_understood(synthetic: Assistant, text: str, kind: str, expected: dict[str, Any]) -> None:
    question = synthetic.understand(text)
    got = {k: units_of(question) if k == "units" else getattr(question, k) for k in expected}
    assert (question.kind, got) == (kind, expected)
    assert question.text == text


@pytest.mark.parametrize("text", [text for text, _, _ in CHINESE])
def test_chinese_is_chinese(synthetic: Assistant, text: str) -> None:
    assert synthetic.understand(text).lang == "zh"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Which units are responsible for smart assistance (智慧助老) in the Qingshi plan?", "en"),
        ("智慧助老 lead 是谁", "zh"),
        ("who leads smart assistance", "en"),
        ("5G用在哪", "zh"),
    ],
)
def test_language(synthetic: Assistant, text: str, lang: str) -> None:
    assert synthetic.understand(text).lang == lang


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("青石和白沙谁牵头", ("qingshi", "baisha")),
        ("白沙与青石县谁牵头", ("baisha", "qingshi")),
        ("跟东川、西川、白沙三地一起搞科普，青石这边谁牵头", ("qingshi",)),
        ("Who leads in Qingshi the exchange with Dongchuan, Xichuan and Baisha", ("qingshi",)),
        ("和青石、白沙一起算，谁的目标高", ("qingshi", "baisha")),
        ("青石县人民政府", ("qingshi",)),
        ("LEZHI and QINGSHI", ("qingshi",)),
        ("Qingshi's lead units", ("qingshi",)),
        ("Qingshisan lead units", ()),
        ("石青谁牵头", ()),
    ],
)
def test_places(synthetic: Assistant, text: str, plans: tuple[str, ...]) -> None:
    assert synthetic.understand(text).plans == plans


def test_a_long_row_of_joins_is_read_at_once(synthetic: Assistant) -> None:
    named = synthetic.understand("青石" + "和" * 1500 + "白沙谁牵头").plans
    assert named == ("qingshi", "baisha")


def test_the_matter_is_free_of_framing(synthetic: Assistant) -> None:
    for text in (
        "请问青石县校园科技节由谁牵头啊",
        "校园科技节的牵头单位",
        "校园科技节哪个局牵头呢？",
    ):
        assert synthetic.understand(text).matter.strip(" ？") == "校园科技节"


def test_a_framing_word_is_no_slip(synthetic: Assistant) -> None:
    assert "约" not in synthetic.understand("校园科技节由哪个局牵头").matter


def test_a_slip_is_mended_before_the_matter_is_searched(synthetic: Assistant) -> None:
    assert synthetic.understand("智慧住老由谁牵头").matter == "智慧助老"


@pytest.mark.parametrize(
    ("text", "titled", "matter"),
    [
        ("科普若干措施，政府采购上怎么照顾企业", "科普若干措施", "政府采购上 照顾企业"),
        ("科普若干措施怎么落实", "科普若干措施", "科普若干措施"),  # nothing else to search for
        (
            "科普园区建设怎么照顾企业落实",
            "科普园区建设",
            "科普园区建设",
        ),  # its subject, not its name
    ],
)
def test_a_document_named_is_no_matter(text: str, titled: str, matter: str) -> None:
    span = (text.index(titled), text.index(titled) + len(titled))
    frame = Frame(text, [], frozenset(), has_organ=False, titled=span)
    assert frame.matter("measure").startswith(matter)


@pytest.mark.parametrize(
    "text",
    [
        "青石智慧助老归那些单位负责",
        "青石哪些县直单位参加智慧助老",
        "青石智慧助老哪几个相关部门来管",
    ],
)
def test_units_asked_for_with_whose_they_are(synthetic: Assistant, text: str) -> None:
    assert synthetic.understand(text).kind == "duty"


def test_full_width_reads_like_half_width(synthetic: Assistant) -> None:
    wide, narrow = (
        synthetic.understand(t) for t in ("青石２０３５年达到２４％吗", "青石2035年达到24%吗")
    )
    assert (wide.kind, wide.years, wide.numbers) == (narrow.kind, narrow.years, narrow.numbers)
    assert wide.years == (2035,)


READER_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["青石", "白沙区", "谁", "牵头", "哪些", "单位", "县科协", "教育局", "多少", "2025年",
             "25%", "是不是", "吗", "who", "leads", "Qingshi", "how many", "the", "文号", "电话",
             "除了牵头", "几项", "（", "）", "“", "”", "\x00", "🙂", "\udcff", "？", "怎么",
             "Health Bureau", " "]
        ),
        max_size=12,
    ).map("".join),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(index: Index, synthetic: Assistant) -> QuestionReader:
    words = index.vocabulary
    speller = Speller([SYNTHETIC], [], words.pinyin, words.words)
    return QuestionReader(
        synthetic.index.held_index(),
        synthetic.index.text_index(),
        unit_names(),
        speller,
        words.english,
        words.words,
        words.simplified,
    )


@settings(max_examples=60, deadline=None)
@given(text=READER_TEXTS)
def test_any_text_is_understood_somehow(reader: QuestionReader, text: str) -> None:
    question = reader.read(text)
    assert len(question.text) == len(text)  # the same in simplified script
    assert question.lang in ("zh", "en")
    assert set(question.plans) <= {"qingshi", "baisha"}
    assert all(c.words for c in question.concepts)


def test_a_filler_between_verb_and_object_hides_neither() -> None:
    assert "少交税" in [c.said for c in concepts_of("搞科普能少交点税")]
    assert "重点" in [c.said for c in concepts_of("重点税源")]


def test_a_pair_between_two_words_is_a_seam_though_it_is_a_word_elsewhere() -> None:
    words = frozenset(("公民", "民科", "科学", "素质", "发展", "展中", "中国"))
    seams = [c.said for c in concepts_of("公民科学素质", words) if c.seam]
    assert seams == ["民科", "学素"]
    # where nothing before it is a word, the pair is one
    assert not any(c.seam for c in concepts_of("民科素质", words) if c.said == "民科")
