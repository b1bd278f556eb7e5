"""The HTML page of a run: what it computes, what it hides, and that it stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.commands import report
from eval.commands.shared import Commands, OneLineParser
from eval.gold import TYPES
from eval.jsonlines import write_lines
from eval.measures.answers import faults as judged
from eval.measures.definitions import MEASURES
from eval.report import axes, bad, figures
from eval.report.build import DATA, FAMILIES, QUOTE, STATUSES, clipped, html, moment, page
from eval.report.failures import KINDS, Fault, cases, counted, faults
from eval.report.terms import MEANINGS_ZH, TYPE_NAMES
from eval.report.words import WORDS
from eval.runs import ANSWERS, Item, Run, write_gold, write_head, write_scores
from eval.systems.base import Quote
from index.errors import InputError
from tests.runs import item, question, response, run

VOID = {"meta", "br", "link", "img", "input", "hr"}
EVIL = "<script>alert(1)</script></style><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}\"'"


class Parts(HTMLParser):
    """The page taken apart: tags, attributes, and text by language; tags must be balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def having(self, name: str) -> list[str]:
        return [a[name] or "" for _, a in self.tags if name in a]


def text(code: str, lang: str = "en") -> str:
    """What a reader of one language sees, in one line."""
    other = "zh" if lang == "en" else "en"
    kept = re.sub(r"<(style|script)>.*?</\1>", "", code, flags=re.S)
    kept = re.sub(rf'<(\w+) class="{other}[^>]*>.*?</\1>', "", kept, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", kept).split())


def small() -> Run:
    """Five questions: 3 of 5 right; of two splits; one held failure."""
    quote = Quote(1, "a", 0, 4, "到15%", ("二、目标",))
    return run(
        [
            item(
                question(id="n1", question="甲问", evidence=("到15%",)),
                split="dev",
                given=response(citations=(quote,), confidence=0.9),
                scores={"citation_recall": 1, "citation_precision": 1, "verbatim": 1},
                ranks=(1,),
            ),
            item(
                question(id="n2", question="乙问", evidence=("到15%", "到20%")),
                0,
                split="dev",
                given=response("25%", citations=(quote,), confidence=0.7, latency_ms=30.0),
                scores={"citation_recall": 0.5, "citation_precision": 1, "verbatim": 1},
                faults=("lacks 15%", "holds 25%"),
                ranks=(3, None),
            ),
            item(question(id="n3", question="丙密问", answer="密答"), 0, split="held"),
            item(question(id="u1", type="unanswerable"), given=response("未提及", "not_mentioned")),
            item(question(id="l1", type="lead_unit", doc=("a", "b")), split="held"),
        ]
    )


# -- what is wrong ------------------------------------------------------------------------


def test_faults_have_a_kind() -> None:
    wrong = item(correct=0, faults=("lacks 15%", "holds 25%", "too long (412 characters)", "odd"))
    assert faults(wrong) == (
        Fault("lacks", "15%"),
        Fault("holds", "25%"),
        Fault("too_long", "412"),
        Fault("other", "odd"),
    )
    assert faults(item()) == ()


def test_the_rule_words_its_faults_as_they_are_read_here() -> None:
    gold = question()
    answer = "25%" + "长" * 400
    found = [
        f.kind for f in faults(item(correct=0, faults=tuple(judged(gold, answer, "answered"))))
    ]
    assert found == ["lacks", "holds", "too_long"]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (item(correct=0, given=response("", "error", error="late")), "failed"),
        (item(correct=0, given=response("无", "not_mentioned")), "refused_wrongly"),
        (item(correct=0, given=response("无", "out_of_scope")), "refused_wrongly"),
        (item(correct=0, given=response("哪个", "clarify")), "asked_back"),
        (item(question(type="unanswerable"), 0), "should_refuse"),
        (item(correct=0, faults=()), "other"),
    ],
)
def test_what_stands_alone(wrong: Item, kind: str) -> None:
    assert [f.kind for f in faults(wrong)] == [kind]


def test_cases_are_sorted_by_type_and_counted_by_question() -> None:
    """Two lacks in one question count once."""
    wrong = cases(
        [
            item(question(id="b"), 0, faults=("lacks 1", "lacks 2")),
            item(question(id="a"), 0, faults=("holds 3", "lacks 1")),
            item(question(id="c", type="lead_unit"), 0, faults=("holds 3",)),
            item(question(id="d", type="lead_unit"), 0, faults=("too long (900 characters)",)),
            item(question(id="e")),
        ]
    )
    assert [c.item.gold.id for c in wrong] == ["c", "d", "a", "b"]
    assert counted(wrong) == [("lacks", 2), ("holds", 2), ("too_long", 1)]


# -- what is bad --------------------------------------------------------------------------


def _of(kind: str, right: int, n: int, **fields: str) -> list[Item]:
    return [
        item(question(id=f"{kind}{k}", type=kind, **fields), float(k < right)) for k in range(n)
    ]


def test_groups_clearly_below_the_whole_are_named_worst_first() -> None:
    """16 of 25 right, .64. list: 1 of 5 ends at .624, below it; number: 3 of 5 ends at .882."""
    items = _of("list", 1, 5) + _of("number", 3, 5) + _of("meta", 12, 15)
    low = bad.groups(items)
    assert [(g.part, g.name, g.right, g.n) for g in low] == [("type", "list", 1, 5)]
    assert low[0].share.high == pytest.approx(0.6245, abs=1e-4)


def test_a_measure_is_low_where_its_interval_ends_below_nine_in_ten() -> None:
    """20 of 40 within 5 end at .648; 39 of 40 at .996. One torn quote of 100 is always told."""
    items = [
        item(
            question(id=str(k)),
            scores={"success@5": k % 2, "units_exact": k > 0, "verbatim": 0.5 if k == 0 else 1},
        )
        for k in range(40)
    ]
    assert [low.name for low in bad.measures(items)] == ["success@5", "verbatim"]


def test_nothing_bad_is_said_to_be_nothing() -> None:
    fine = run([item()])
    shown = page(fine)
    assert not shown.bad
    assert WORDS["en"]["bad_nothing"] in text(html(shown))


# -- plots --------------------------------------------------------------------------------


def test_depth_by_hand() -> None:
    """Ranks (1, 3) and (None,); () is not judged. Of two questions one has any evidence from 1 on;
    of three pieces one is within 1 and 2, two from 3 on.
    """
    items = [item(ranks=(1, 3)), item(ranks=(None,)), item(ranks=())]
    found = figures.depth(items)
    assert found is not None
    assert (found.n, found.pieces, len(found.points)) == (2, 3, 20)
    assert [p.questions for p in found.points] == [0.5] * 20
    assert [p.pieces for p in found.points] == pytest.approx([1 / 3] * 2 + [2 / 3] * 18)
    assert found.points[0].low == pytest.approx(0.0945, abs=1e-4)  # Wilson, 1 of 2
    assert figures.depth([item()]) is None


def _sure(confidence: float | None, correct: float, **given: str) -> Item:
    return item(correct=correct, given=response(confidence=confidence, **given))


def test_calibration_error_by_hand() -> None:
    """Ten of .8 with 7 right and ten of .6 with 6 right: (|.7 - .8| + |.6 - .6|) / 2 = .05."""
    items = [_sure(0.8, float(k < 7)) for k in range(10)]
    items += [_sure(0.6, float(k < 6)) for k in range(10)]
    left_out = [_sure(None, 1), item(given=response("", "not_mentioned", confidence=0.1))]
    left_out = [left_out[0], replace(left_out[1], scores={"correct": 1, "refused": 1})]
    found = figures.reliability(items + left_out)
    assert found is not None
    assert found.n == 20
    assert [(b.right, b.n) for b in found.bins] == [(6, 10), (7, 10)]
    assert [b.confidence for b in found.bins] == pytest.approx([0.6, 0.8])
    assert found.error == pytest.approx(0.05)


def test_no_confidence_no_reliability() -> None:
    assert figures.reliability([item()]) is None
    assert WORDS["en"]["reliability_none"] in text(html(page(run([item()]))))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from((0.1, 0.2, 0.5, 0.9)), st.booleans()), max_size=120))
def test_bins_hold_every_answer_once_and_never_part_equals(told: list[tuple[float, bool]]) -> None:
    found = figures.reliability([_sure(c, float(r)) for c, r in told])
    assert (found is None) == (not told)
    if found:
        assert sum(b.n for b in found.bins) == len(told)
        assert sum(b.right for b in found.bins) == sum(r for _, r in told)
        assert len(found.bins) <= 4  # as many as there are different confidences
        confidences = [b.confidence for b in found.bins]
        assert confidences == sorted(confidences)
        assert 0 <= found.error <= 1


def test_latencies_by_hand() -> None:
    """1, 1, 2, 100 ms: nearest rank gives median 1 and p95 100. Bars are an eighth of a decade:
    1 in the first, 2 in the third (10^(2/8) = 1.78 to 10^(3/8) = 2.37), 100 in the seventeenth.
    """
    items = [item(given=response(latency_ms=t)) for t in (1.0, 1.0, 2.0, 100.0)]
    found = figures.latencies(items)
    assert found is not None
    assert (found.n, found.median, found.p95) == (4, 1.0, 100.0)
    assert [n for n, b in enumerate(found.bars) if b.n] == [0, 2, 16]
    assert found.bars[2].low == pytest.approx(1.7783, abs=1e-4)
    assert figures.latencies([item(given=response(latency_ms=0.0))]) is None


def _at(name: str, day: str, items: list[Item]) -> Run:
    made = run(items, name, Path(name))
    return replace(made, head=replace(made.head, started=f"2026-01-{day}T00:00:00+00:00"))


def test_trend_is_in_order_of_time_and_tells_other_questions() -> None:
    now = _at("now", "03", [item(), item(question(id="q2"), 0)])
    old = _at("old", "01", [item(correct=0), item(question(id="q2"), 0)])
    other = _at("other", "02", [item(question(id="q3"))])
    found = figures.trend(now, [other, old, old])
    assert found is not None
    assert [(p.name, p.share, p.same, p.reported) for p in found.points] == [
        ("old", 0.0, True, False),
        ("other", 1.0, False, False),
        ("now", 0.5, True, True),
    ]
    assert [label for _, label in found.x.ticks] == ["01-01", "01-02", "01-03"]
    assert figures.trend(now, []) is None
    assert WORDS["en"]["trend_other"] in text(html(page(now, earlier=[old, other])))
    assert WORDS["en"]["trend_other"] not in text(html(page(now, earlier=[old])))


def test_runs_of_one_day_are_told_apart_by_the_hour() -> None:
    first = _at("first", "01", [item()])
    later = replace(
        first, folder=Path("later"), head=replace(first.head, started="2026-01-01T09:37:05+00:00")
    )
    found = figures.trend(later, [first])
    assert found is not None
    assert [label for _, label in found.x.ticks] == ["00:00", "09:37"]


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_values_stay_on_the_drawing(value: float, log: bool) -> None:
    assert axes.LEFT <= axes.across(1, 1000, [], log).at(value) <= axes.WIDTH - axes.RIGHT
    assert axes.TOP <= axes.upward(0, 1, []).at(value) <= axes.HEIGHT - axes.BOTTOM


@given(st.integers(1, 100_000))
def test_counts_on_an_axis_are_few_and_within(top: int) -> None:
    ticks = [value for value, _ in axes.counts(top)]
    assert 2 <= len(ticks) <= 5
    assert ticks[-1] <= top


def test_ticks_of_a_logarithmic_axis() -> None:
    assert [label for _, label in axes.decades(0.9, 25)] == ["1", "2", "5", "10", "20"]
    assert [label for _, label in axes.decades(0.5, 5000)] == ["1", "10", "100", "1,000"]


# -- the page -----------------------------------------------------------------------------


def test_figures_on_the_page() -> None:
    """3 of 5 right: Wilson .231 to .882. Citation recall (1 + .5) / 2 and precision 1 of the two.
    One question was to be refused: without `refused` scores there is no refusal recall.
    """
    seen = text(html(page(small()), "en"))
    assert "Right 60.0% 23.1–88.2" in seen
    assert "3 of 5 questions" in seen
    assert "Dev 50.0% 9.5–90.5 1/2" in seen
    assert "Held back 50.0% 9.5–90.5 1/2" in seen
    assert "Citations 75.0%" in seen
    assert "precision 100.0% 34.2–100.0" in seen  # Wilson, 2 of 2
    assert "Refusal – recall : no data" in seen
    # 10, 30, 10, 10, 10 ms
    assert "Time 10 ms median 95th percentile 30 ms" in seen
    assert "several plans 1/1 100.0% 20.7–100.0" in seen  # Wilson, 1 of 1
    assert "lacks something 2 holds something wrong 1" in seen


def test_refusal_figures() -> None:
    """Refused: one of two unanswerable, and one answerable: precision 1/2, recall 1/2, F1 .5."""
    items = [
        item(question(id="1", type="unanswerable"), scores={"refused": 1}),
        item(question(id="2", type="unanswerable"), 0, scores={"refused": 0}),
        item(question(id="3"), 0, scores={"refused": 1}),
        item(question(id="4"), scores={"refused": 0}),
    ]
    seen = text(html(page(run(items)), "en"))
    assert "Refusal 50.0% 9.5–90.5 recall precision 50.0% 9.5–90.5 F1 50.0%" in seen
    assert "should have refused 1" in seen


def test_held_questions_are_counted_and_hidden() -> None:
    closed, opened = page(small()), page(small(), held=True)
    assert (closed.wrong, closed.shown, closed.hidden) == (2, 1, 1)
    assert (opened.wrong, opened.shown, opened.hidden) == (2, 2, 0)
    assert [i.gold.id for i in closed.rights] == ["n1", "u1"]
    code = html(closed)
    assert "丙密问" not in code
    assert "密答" not in code
    assert "l1" not in text(code)
    assert "保留集答错 1 题" in text(code, "zh")
    assert "丙密问" in html(opened)
    assert WORDS["zh"]["held_shown"] in text(html(opened), "zh")


def test_a_wrong_answer_is_shown_with_all_that_explains_it() -> None:
    seen = text(html(page(small()), "en"))
    case = seen[seen.index("乙问") :]
    for part in (
        "n2", "lacks: 15%", "must not hold: 25%", "Expected 15%", "Got answered 30 ms 25%",
        "到15% retrieved at 3", "到20% ✕ not retrieved", "a › 二、目标 到15%",
        "50% of the evidence is covered, 100% of the citations cover some",
    ):  # fmt: skip
        assert part in case, part


def test_earlier_turns_and_failures_of_the_system_are_shown() -> None:
    asked = question(type="followup", history=(("先前问", "先前答"),))
    failed = response("", "error", error="TimeoutError: 30 s")
    seen = text(html(page(run([item(asked, 0, given=failed)])), "zh"), "zh")
    for part in ("问 先前问", "答 先前答", "系统出错：TimeoutError: 30 s", "（空）", "没有引用。"):
        assert part in seen


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_quoted_is_escaped(lang: str) -> None:
    gold = question(
        id=EVIL, question=EVIL, answer=EVIL, evidence=(EVIL,), doc=(EVIL,), note=EVIL,
        history=((EVIL, EVIL),),
    )  # fmt: skip
    cited = Quote(1, EVIL, 0, 1, EVIL, (EVIL,))
    answer = response(EVIL, EVIL, citations=(cited,), error=EVIL)
    made = run([item(gold, 0, given=answer, faults=(f"lacks {EVIL}",)), item()], EVIL)
    head = replace(made.head, settings={EVIL: EVIL}, machine=EVIL, commit=EVIL, started=EVIL)
    made = replace(made, head=head)
    code = html(page(made, [made], [_at(EVIL, "01", [item()])]), lang)
    found = Parts(code)
    assert "<script>alert" not in code
    assert "49" not in text(code)
    assert "{{ 7*7 }}" in text(code)
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in found.tags]
    assert not [a for _, attributes in found.tags for a in attributes if a.startswith("on")]


def test_nothing_is_loaded() -> None:
    one = small()
    code = html(page(one, [one], [_at("old", "01", [item()])]))
    found = Parts(code)
    tags = {tag for tag, _ in found.tags}
    assert not tags & {"link", "img", "iframe", "object", "embed", "base", "audio", "video"}
    assert not found.having("src") + found.having("srcset") + found.having("action")
    assert all(link.startswith("#") for link in found.having("href"))
    anchors = set(found.having("id"))
    assert {link[1:] for link in found.having("href")} <= anchors
    for words in ("http:", "https:", "url(", "@import", "fetch(", "XMLHttp", "//cdn"):
        assert words not in code


def test_ids_are_unique_and_labels_lead_somewhere() -> None:
    one = small()
    found = Parts(html(page(one, earlier=[_at("old", "01", [item()])])))
    ids = found.having("id")
    assert len(ids) == len(set(ids))
    for labels in found.having("aria-labelledby"):
        assert set(labels.split()) <= set(ids)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_opens_in_the_language_asked_for_without_a_script(lang: str) -> None:
    code = html(page(small()), lang)
    root = next(attributes for tag, attributes in Parts(code).tags if tag == "html")
    assert root["data-lang"] == lang
    assert '[data-lang="zh"] .en, [data-lang="en"] .zh { display: none; }' in code
    # What only a script can do is hidden until there is one.
    assert "html:not(.live) .scripted { display: none; }" in code


@pytest.mark.parametrize(
    "items",
    [
        [],
        [item()],
        [item(correct=0, given=response("", "error", latency_ms=0.0))],
        [item(question(type="unanswerable"), given=response("未提及", "not_mentioned"))],
        [item(question(id=str(k)), k % 2, split="held") for k in range(3)],
        [item(given=response(confidence=1.0), ranks=(None,))],
    ],
)
@pytest.mark.parametrize("held", [False, True])
def test_degenerate_runs(items: list[Item], held: bool) -> None:
    empty = run([])
    shown = page(run(items), [empty], [empty], held)
    for lang in ("zh", "en"):
        Parts(html(shown, lang))
    assert shown.wrong == shown.shown + shown.hidden == sum(not i.right for i in items)


def test_runs_side_by_side() -> None:
    """MRR (1 + 1/3) / 2 = .667, evidence within 5 1 of 2; the other was asked something else."""
    one = run(
        [
            item(question(id="1"), scores={"rr": 1, "success@5": 1}),
            item(question(id="2"), 0, scores={"rr": 1 / 3, "success@5": 0}),
        ],
        "ours",
    )
    other = run([item(question(id="3"))], "theirs", Path("runs/base"))
    seen = text(html(page(one, [other]), "en"))
    table = seen[seen.index("Side by side", seen.index("Plots")) :]
    assert "ours this run · 2026-01-01 00:00 UTC 2 50.0% 9.5–90.5 – – 50.0% 0.667 10" in table
    assert "theirs † base · 2026-01-01 00:00 UTC 1 100.0% 20.7–100.0 – – – – 10" in table
    assert WORDS["en"]["side_other"] in table
    assert not page(one).columns


def test_the_same_run_gives_the_same_page() -> None:
    assert html(page(small())) == html(page(small()))


@pytest.mark.slow
def test_a_page_of_all_questions_is_small_enough_to_send() -> None:
    """809 questions, one in four wrong, answers and quotes as long as real ones."""
    cited = tuple(Quote(n, "a", 0, 9, "引" * 300, ("三、任务", "（一）行动")) for n in range(1, 4))
    items = [
        item(
            question(id=str(k), type=TYPES[k % 13], question="问" * 40, evidence=("据" * 60,)),
            float(k % 4 > 0),
            given=response("答" * 350, citations=cited, confidence=k / 809),
            ranks=(1 + k % 30,),
        )
        for k in range(809)
    ]
    assert len(html(page(run(items))).encode()) < 3_000_000


def test_a_long_quote_is_cut_where_it_shows() -> None:
    assert clipped("字" * QUOTE) == "字" * QUOTE
    assert clipped("字" * (QUOTE + 1)) == "字" * QUOTE + "…"


def test_times_to_the_minute() -> None:
    assert moment("2026-01-02T03:04:05+00:00") == "2026-01-02 03:04 UTC"
    assert moment("") == ""
    assert moment("yesterday, rather late") == "yesterday, rather late"


# -- words and looks ----------------------------------------------------------------------


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def test_both_languages_say_the_same() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key in WORDS["zh"]:
        assert _fields(WORDS["zh"][key]) == _fields(WORDS["en"][key]), key
        assert WORDS["zh"][key].strip(), key
        assert WORDS["en"][key].strip(), key
    for lang in ("zh", "en"):
        assert tuple(TYPE_NAMES[lang]) == TYPES
        assert {*KINDS, *STATUSES, *FAMILIES} <= WORDS[lang].keys()
    assert MEANINGS_ZH.keys() == {m.name for m in MEASURES}


def test_no_word_is_left_over() -> None:
    source = "".join(p.read_text("utf-8") for p in DATA.glob("report*"))
    named = {*KINDS, *STATUSES, *FAMILIES, *(f"{k}_what" for k in KINDS), "dev"}
    named |= {f"by_{part}" for part in ("type", "plan", "lang", "split")}
    named |= {f"refusal_{what}_meaning" for what in ("precision", "recall")}
    for key in WORDS["zh"].keys() - named:
        assert re.search(rf'"{key}"|\.{key}\b', source), key


def _colours() -> Iterator[tuple[str, dict[str, str]]]:
    css = (DATA / "report.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.S)
    for name, block in (("light", light), ("dark", dark)):
        yield name, dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_letters_stand_out_in_both_modes() -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for letters; 1.4.11: 3 to 1 for what is drawn."""
    letters = [
        *((ink, on) for ink in ("ink", "soft", "accent") for on in ("paper", "sheet", "quiet")),
        ("good", "paper"), ("good", "sheet"), ("good", "good-soft"), ("warn", "warn-soft"),
        ("accent", "accent-soft"),
    ]  # fmt: skip
    for mode, colours in _colours():
        for front, back in [*letters, ("second", "sheet")]:
            light, dark = sorted(
                (_luminance(colours[front]), _luminance(colours[back])), reverse=True
            )
            needed = 3 if front == "second" else 4.5
            assert (light + 0.05) / (dark + 0.05) >= needed, (mode, front, back)


# -- the command --------------------------------------------------------------------------


def write(folder: Path, made: Run) -> Path:
    """The run as `python -m eval run` leaves it."""
    folder.mkdir()
    write_head(folder, made.head)
    write_gold(folder, [(i.split, i.gold) for i in made.items])
    write_lines(folder / ANSWERS, [{"id": i.gold.id, **i.response.to_dict()} for i in made.items])
    write_scores(folder, made.items)
    return folder


def call(*arguments: str | Path) -> None:
    parser = OneLineParser(prog="python -m eval")
    report.register(Commands(parser))
    parsed = parser.parse_args(["report", *map(str, arguments)])
    parsed.run(parsed)


def test_the_command_writes_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write(tmp_path / "one", small())
    two = write(tmp_path / "two", small())
    out = tmp_path / "new" / "report.html"
    call(one, two, "--trend", two, "--lang", "en", "--out", out)
    assert capsys.readouterr().out == f"{out}: 5 questions, 2 wrong (1 held back, not shown)\n"
    code = out.read_text("utf-8")
    assert 'data-lang="en"' in code
    assert 'id="side"' in code
    assert 'id="trend-title"' in code
    assert "丙密问" not in code
    call(one, "--held", "--out", out)
    assert "丙密问" in out.read_text("utf-8")
    assert capsys.readouterr().out == f"{out}: 5 questions, 2 wrong\n"


def test_wrong_use_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no run"):
        call(tmp_path / "none", "--out", tmp_path / "report.html")
    with pytest.raises(InputError, match=r"is a folder; name a file"):
        call(tmp_path / "none", "--out", tmp_path)
    assert not (tmp_path / "report.html").exists()


# -- in a browser -------------------------------------------------------------------------


@pytest.mark.slow
def test_the_page_fits_switches_language_and_filters_in_a_browser(tmp_path: Path) -> None:
    """In Chromium: no script error, no request, no sideways scrolling on a phone."""
    from playwright.sync_api import sync_playwright

    from tests.browser import CHROMIUM, CHROMIUM_ARGS

    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium; install it: apt-get install chromium")
    path = tmp_path / "report.html"
    path.write_text(html(page(small()), "zh"), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        view = browser.new_page(viewport={"width": 390, "height": 900})
        errors: list[str] = []
        asked: list[str] = []
        view.on("pageerror", lambda error: errors.append(str(error)))
        view.on("request", lambda request: asked.append(request.url))
        view.goto(path.as_uri())
        assert view.get_by_role("heading", name="哪里不好").is_visible()
        assert view.evaluate("document.documentElement.scrollWidth") <= 390
        view.get_by_text("English", exact=True).click()
        assert view.get_by_role("heading", name="What is bad").is_visible()
        assert not view.get_by_role("heading", name="哪里不好").is_visible()
        browser.close()
    assert errors == []
    assert asked == [path.as_uri()]
