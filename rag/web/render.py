"""The conversation as HTML.

Whatever comes from a question, an answer, a plan or a file name passes `_text` and so is shown as
written, never read as HTML. Answers are cut into lines and numbers before that, so no Markdown is
involved. A citation is a button that carries the number of its turn and its own (`data-turn`,
`data-n`); the page's script hands both to the server, which renders the clause again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer import Answer, Row
from rag.feedback import LONGEST
from rag.show import whose
from rag.web.conversation import Turn
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

MARKS = re.compile(r"(?:\[\d{1,4}\]){1,3}")  # up to three numbers stay together
SURE = 0.8  # confidence below which the reader is asked to check the words of the plan
PLAIN_ROWS = 2  # plans set one below the other; more are read more easily as a table

# -- the conversation ---------------------------------------------------------------------


def transcript(turns: Sequence[Turn], lang: Lang, shown: tuple[int, int] = (-1, 0)) -> str:
    """All turns, oldest first; `shown` is the turn and the number of the clause beside them."""
    body = "".join(_turn(t, i, lang, shown[1] if shown[0] == i else 0) for i, t in enumerate(turns))
    return f'<div class="tw-turns" lang="{lang}" role="log" aria-live="polite">{body}</div>'


def welcome(examples: Sequence[str], plans: int, lang: Lang) -> str:
    """What stands where no question was asked yet; examples are buttons (`data-example`)."""
    chips = "".join(
        f'<button type="button" class="tw-example" data-example="{i}">{_text(e)}</button>'
        for i, e in enumerate(examples)
    )
    head = f'<p class="tw-label">{_text(word(lang, "examples"))}</p>' if examples else ""
    return (
        f'<div class="tw-welcome" lang="{lang}"><h2>{_text(word(lang, "welcome", n=plans))}</h2>'
        f"<p>{_text(word(lang, 'welcome_text'))}</p>"
        f'{head}<div class="tw-examples">{chips}</div></div>'
    )


def _turn(turn: Turn, at: int, lang: Lang, shown: int) -> str:
    asked = (
        f'<div class="tw-asked"><span class="tw-sr">{_text(word(lang, "you"))}：</span>'
        f"{_text(turn.question)}</div>"
        if turn.question
        else ""
    )
    if turn.answer:
        asked += _resolved(turn.answer, lang)
        said = _answer(turn.answer, at, lang, shown, turn.verdict)
    elif turn.error:
        said = _card("error", word(lang, "error"), f"<p>{_text(turn.error)}</p>")
    else:
        said = f'<div class="tw-pending" role="status">{_text(word(lang, "pending"))}</div>'
    return f'<section class="tw-turn" data-at="{at}">{asked}{said}</section>'


def _resolved(answer: Answer, lang: Lang) -> str:
    """What a follow-up was taken to ask, small under it; nothing for a question whole in itself."""
    if not answer.resolved:
        return ""
    label = _text(word(lang, "resolved"))
    return f'<p class="tw-resolved"><span>{label}</span>{_text(answer.resolved)}</p>'


def _answer(answer: Answer, at: int, lang: Lang, shown: int, verdict: str) -> str:
    lines = [line for line in answer.answer.split("\n") if line.strip()]
    if len(answer.table) > PLAIN_ROWS:
        body = above_table(lines, answer, at, lang, shown) + _table(answer, at, lang, shown)
    elif answer.choices:
        body = f'<p class="tw-say">{_text(lines[0])}</p>{_choices(answer, at)}'
    else:
        body = "".join(cited_line(line, answer, at, lang, shown, len(lines) > 1) for line in lines)
    foot = _foot(answer, lang) + say_of(answer, at, lang, verdict)
    return _card(answer.status, word(lang, answer.status), body + foot)


def _foot(answer: Answer, lang: Lang) -> str:
    """Sources, confidence and time, small. The confidence is told of one plan's answer, which it
    was fitted on; of a table it would be that of one row."""
    facts = [word(lang, "time", ms=round(answer.latency_ms))]
    if answer.confidence is not None and not answer.table:
        key = "sure" if answer.confidence >= SURE else "unsure"
        facts.insert(0, word(lang, key, percent=min(99, round(100 * answer.confidence))))
    engine = answer.engine
    if engine.get("llm_note"):
        facts.append(str(engine["llm_note"]))
    elif engine.get("llm"):
        facts.append(word(lang, "worded", model=str(engine["llm"])))
    if answer.citations:
        facts.insert(0, word(lang, "count", n=len(answer.citations)))
    return f'<p class="tw-foot">{_text(" · ".join(facts))}</p>'


def say_of(answer: Answer, at: int, lang: Lang, verdict: str) -> str:
    """Copying the answer, and what the reader may say of it (`data-say`); thanks once said."""
    copy = (
        f'<button type="button" class="tw-act tw-copy" data-copy="{_text(plain(answer))}">'
        f"{_text(word(lang, 'copy'))}</button>"
    )
    if verdict:
        thanks = f'<span class="tw-thanks" role="status">{_text(word(lang, "thanks"))}</span>'
        return f'<div class="tw-acts">{copy}{thanks}</div>'
    marks = "".join(
        f'<button type="button" class="tw-act" data-turn="{at}" data-say="{name}">'
        f"{_text(word(lang, f'say_{name}'))}</button>"
        for name in ("right", "wrong_answer", "wrong_source")
    )
    label = _text(word(lang, "say_remark"))
    remark = (
        f'<details class="tw-remark"><summary class="tw-act">{label}</summary>'
        f'<textarea rows="2" aria-label="{label}" maxlength="{LONGEST}"></textarea>'
        f'<button type="button" class="tw-act" data-turn="{at}" data-say="remark">'
        f"{_text(word(lang, 'send'))}</button></details>"
    )
    return f'<div class="tw-acts">{copy}{marks}{remark}</div>'


def plain(answer: Answer) -> str:
    """The answer with its sources as plain text, for a letter."""
    cited = (f"[{c.n}] {whose(c)} {' › '.join(c.path)}" for c in answer.citations)
    return "\n".join([answer.answer, *cited])


def above_table(lines: Sequence[str], answer: Answer, at: int, lang: Lang, shown: int) -> str:
    """The sentence above the table, and what else belongs to no row."""
    firsts = [(r.place, r.answer.partition("\n")[0]) for r in answer.table]
    outside = [
        n
        for n in lines
        if not n.startswith("  ") and not any(n.startswith(p) and n.endswith(a) for p, a in firsts)
    ]
    return "".join(cited_line(n, answer, at, lang, shown, several=False) for n in outside)


def _table(answer: Answer, at: int, lang: Lang, shown: int) -> str:
    """A row for each plan: the place, and its answer with the numbers and the clause."""
    rows = ""
    for row in answer.table:
        lines = [n for n in row.answer.split("\n") if n.strip()]
        said = "".join(cited_line(n, answer, at, lang, shown, several=False) for n in lines)
        clause = f'<span class="tw-path">{_text(row.clause)}</span>' if row.clause else ""
        rows += (
            f'<tr class="tw-row-{_text(row.status)}"><th scope="row">{_text(row.place)}</th>'
            f"<td>{clause}{said}</td></tr>"
        )
    place, told = (_text(word(lang, k)) for k in ("place", "told"))
    head = f'<thead><tr><th scope="col">{place}</th><th scope="col">{told}</th></tr></thead>'
    return f'<table class="tw-table">{head}<tbody>{rows}</tbody></table>'


def _choices(answer: Answer, at: int) -> str:
    """What may be meant, as buttons (`data-turn`, `data-choice`)."""
    buttons = "".join(
        f'<button type="button" class="tw-example" data-turn="{at}" data-choice="{n}">'
        f"{_text(choice.label)}</button>"
        for n, choice in enumerate(answer.choices)
    )
    return f'<div class="tw-examples">{buttons}</div>'


def _card(status: str, label: str, body: str) -> str:
    return (
        f'<div class="tw-card tw-{_text(status)}">'
        f'<span class="tw-status">{_text(label)}</span>{body}</div>'
    )


def cited_line(line: str, answer: Answer, at: int, lang: Lang, shown: int, several: bool) -> str:
    """One line of an answer; among several, a line without a number is a heading of the others."""
    numbers = {c.n for c in answer.citations}
    html, end = "", 0
    for match in MARKS.finditer(line):
        marks = [int(n) for n in re.findall(r"\d+", match.group(0))]
        if numbers.issuperset(marks):
            said = line[end : match.start()].rstrip()
            buttons = "".join(number(at, n, lang, n == shown) for n in marks)
            # numbers stay with the character before them; alone on a line they would puzzle
            keep = f'<span class="tw-keep">{_text(said[-1:])}{buttons}</span>'
            html += _text(said[:-1]) + keep
            end = match.end()
    html += _text(line[end:])
    place = _place(line, answer)
    if place:
        html = f"<strong>{_text(place)}</strong>{html.removeprefix(_text(place))}"
    heading = several and not end and answer.status == "answered"
    return f'<p class="{"tw-sub" if heading else "tw-say"}">{html}</p>'


def _place(line: str, answer: Answer) -> str:
    """The plan's name if the line begins with it, as in an answer from several plans."""
    names = {c.place for c in answer.citations if c.place}
    with_clause = {r.place for r in answer.table if line.startswith(_heads(r))}
    plain = (n for n in names if line.startswith((f"{n}：", f"{n}:")))
    return next(iter(with_clause), "") or next(plain, "")


def _heads(row: Row) -> tuple[str, str]:
    """How the line of a row begins where its clause is told."""
    return f"{row.place}〔{row.clause}〕", f"{row.place} [{row.clause}]"


def number(at: int, n: int, lang: Lang, shown: bool) -> str:
    """A citation's number as a button."""
    label = _text(word(lang, "show", n=n))
    current = ' aria-current="true"' if shown else ""
    return (
        f'<button type="button" class="tw-n" data-turn="{at}" data-n="{n}" '
        f'title="{label}" aria-label="{label}"{current}>{n}</button>'
    )
