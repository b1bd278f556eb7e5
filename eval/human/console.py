"""What `human agree` prints, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from eval.human.adjudication import differs
from eval.human.agreement import Agreement, Kappa, Pair
from eval.human.outcome import ALL, SETTLED, Final, Outcome, Score, Versus
from eval.human.texts import KAPPA_WORDS, TEXT
from eval.human.words import CHOICES, HEADERS, VERDICTS, Kind, Lang, width
from eval.statistics import Interval

FIRST = 5  # disagreements shown in full; all are in the adjudication sheet
QUESTION = 60  # characters shown of a question in a list, of an answer
ANSWER = 160

KINDS: tuple[Kind, ...] = ("verdict", "citation")
Table = Sequence[Sequence[str]]


def lines(found: Outcome, lang: Lang = "zh", held: bool = False) -> Iterator[str]:
    """The whole outcome, line by line; the texts of held questions only with `held`."""
    yield from _heads(found, lang)
    for kind, agreed in zip(KINDS, (found.verdict, found.citation), strict=True):
        yield ""
        yield from _agreement(found, kind, agreed, lang)
    if found.verdict.group:
        yield _say("caution", lang)
        yield ""
        yield from _differing(found, lang, held)
    else:
        yield _say("alone", lang)
    yield ""
    yield from _finals(found, lang)
    strict, lenient = found.versus
    yield ""
    yield from _versus(strict, lang)
    if any(f.verdict.verdict == "partly" for f in found.finals):
        yield from _versus(lenient, lang)
    else:
        yield _say("no_partly", lang)
    yield ""
    yield from _against(found, lang, held)


def _say(name: str, lang: Lang, **fields: object) -> str:
    return TEXT[name].of(lang).format(**fields)


def _listed(texts: Iterable[str], lang: Lang) -> str:
    return ("，" if lang == "zh" else ", ").join(texts)


def _heads(found: Outcome, lang: Lang) -> Iterator[str]:
    key = found.key
    yield _say(
        "sheets",
        lang,
        n=len(found.returned.marks),
        rows=len(key.entries),
        questions=len({e.question for e in key.entries}),
        systems=len(key.sources),
    )
    if lacking := [s for s in key.scorers if s not in found.returned.marks]:
        yield _say("lacking", lang, names=_listed(lacking, lang))
    if key.reference:
        yield _say("reference", lang, names=_listed(key.reference, lang))
    drawn, of = sum(s.drawn for s in key.strata), sum(s.of for s in key.strata)
    if drawn < of:
        yield _say("sampled", lang, drawn=drawn, of=of)


def _agreement(found: Outcome, kind: Kind, agreed: Agreement, lang: Lang) -> Iterator[str]:
    yield f"── {_say(kind, lang)}"
    rows = len(found.key.entries)
    if kind == "citation":
        rows = sum(found.returned.cited(e.id) for e in found.key.entries)
    words = [w.of(lang) for w in CHOICES[kind].values()]
    table = [[_say("given", lang), *words, _say("unscored", lang)]]
    for name, counts in agreed.given.items():
        unscored = rows - sum(counts.values())
        table.append([name, *map(str, counts.values()), str(unscored)])
    yield from _table(table)
    for pair in agreed.pairs:
        yield from _pair(pair, lang)
    if agreed.group and len(agreed.given) > 2:
        group = agreed.group
        yield _say("all", lang, k=len(agreed.given), n=group.n, agreed=_percent(group.agreed))
    if agreed.group:
        yield f"  Fleiss κ {_kappa(agreed.group.fleiss, lang)}"
        yield f"  Randolph κ {_kappa(agreed.group.randolph, lang)}"


def _pair(pair: Pair, lang: Lang) -> Iterator[str]:
    yield _say("pair", lang, a=pair.a, b=pair.b, n=pair.n, agreed=_percent(pair.agreed))
    yield f"  Cohen κ {_kappa(pair.kappa, lang)}"
    if pair.weighted:
        yield f"  {_say('weighted', lang)} {_kappa(pair.weighted, lang)}"


def _kappa(kappa: Kappa, lang: Lang) -> str:
    if kappa.value is None:
        return _say("undefined", lang)
    around = _span(kappa.interval, 1) if kappa.interval else _say("no_interval", lang)
    return f"{kappa.value:.2f} [{around}] {KAPPA_WORDS[kappa.word].of(lang)} (n={kappa.n})"


def _differing(found: Outcome, lang: Lang, held: bool) -> Iterator[str]:
    by_kind: Mapping[str, int] = {
        kind: sum(differs(found.returned, row, kind) for row in found.differing) for kind in KINDS
    }
    yield _say("differing", lang, n=len(found.differing), **by_kind)
    shown = [r for r in found.differing if held or found.key.by_id[r].split != "held"]
    for row in shown[:FIRST]:
        text = found.returned.shown[row]
        yield f"  [{row}] {_short(text.question, QUESTION)}"
        yield f"      {HEADERS['answer'].of(lang)}: {_short(text.answer, ANSWER)}"
        for name, marks in found.returned.marks.items():
            if row in marks:
                mark = marks[row]
                told = [_word(kind, getattr(mark, kind), lang) for kind in KINDS]
                yield f"      {name}: {' / '.join(told)}  {mark.remark}".rstrip()
    if len(shown) > FIRST:
        yield "  " + _say("more", lang, n=len(shown) - FIRST)
    if hidden := len(found.differing) - len(shown):
        yield "  " + _say("held", lang, n=hidden)


def _finals(found: Outcome, lang: Lang) -> Iterator[str]:
    hows = [f.verdict.how for f in found.finals]
    told = [
        f"{_say(how, lang)} {hows.count(how)}"
        for how in (*SETTLED, "open", "incomplete")
        if hows.count(how)
    ]
    yield f"── {_say('finals', lang, told=_listed(told, lang))}"
    if lacking := sum(not f.verdict.verdict for f in found.finals):
        yield _say("early", lang, n=lacking)
    heads = ("system", "rows", "not_final")
    shares = ("right", "lenient", "automatic")
    words = [w.of(lang) for w in VERDICTS.values()]
    yield from _table(
        [
            [*(_say(h, lang) for h in heads), *words, *(_say(s, lang) for s in shares)],
            *(_score(s) for s in found.scores),
        ]
    )
    yield _say("shares", lang)
    yield from (_cited(s, lang) for s in found.scores if s.type == ALL)


def _score(score: Score) -> list[str]:
    name = score.system if score.type == ALL else f"  {score.type}"
    return [
        name,
        str(score.rows),
        str(score.open),
        *map(str, score.counts.values()),
        _share(score.right, score.right_interval),
        _share(score.lenient, score.lenient_interval),
        _percent(score.automatic),
    ]


def _cited(score: Score, lang: Lang) -> str:
    told = [f"{CHOICES['citation'][v].of(lang)} {n}" for v, n in score.citations.items()]
    still = score.cited - sum(score.citations.values())
    return _say("cited", lang, system=score.system, told=_listed(told, lang), open=still)


def _versus(found: Versus, lang: Lang) -> Iterator[str]:
    how = _say("as_right" if found.partly_right else "as_wrong", lang)
    yield f"── {_say('versus', lang, n=found.n, how=how)}"
    yield from _table(
        [
            ["", _say("rule_right", lang), _say("rule_wrong", lang)],
            [_say("human_right", lang), str(found.both), str(found.human_only)],
            [_say("human_wrong", lang), str(found.automatic_only), str(found.neither)],
        ]
    )
    agreed = _share(found.agreed, found.interval)
    yield f"{_say('same', lang)} {agreed}  Cohen κ {_kappa(found.kappa, lang)}"


def _against(found: Outcome, lang: Lang, held: bool) -> Iterator[str]:
    rows = found.against_rule
    yield _say("against", lang, n=len(rows))
    shown = [f for f in rows if held or f.entry.split != "held"]
    yield from (_against_row(f, found, lang) for f in shown)
    if hidden := len(rows) - len(shown):
        yield "  " + _say("held", lang, n=hidden)


def _against_row(row: Final, found: Outcome, lang: Lang) -> str:
    entry = row.entry
    rule = _say("rule_right" if entry.right else "rule_wrong", lang)
    word = _word("verdict", row.verdict.verdict, lang)
    question = _short(found.returned.shown[entry.id].question, QUESTION)
    final = _say("final", lang, word=word)
    return f"  {entry.question} [{entry.system}] {final}, {rule}: {question}"


def _word(kind: Kind, name: str, lang: Lang) -> str:
    return CHOICES[kind][name].of(lang) if name else "-"


def _share(value: float | None, interval: Interval) -> str:
    return "-" if value is None else f"{_percent(value)} [{_span(interval, 100)}]"


def _span(interval: Interval, scale: int) -> str:
    """The ends of an interval: as kappas, or in percent with a scale of 100."""
    digits = 2 if scale == 1 else 1
    return f"{scale * interval.low:.{digits}f}, {scale * interval.high:.{digits}f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"


def _short(text: str, most: int) -> str:
    one = " ".join(text.split())
    return one if len(one) <= most else one[:most] + "…"


def _table(rows: Table) -> Iterator[str]:
    """Rows with the first column to the left and the others to the right."""
    widths = [max(width(r[n]) for r in rows) for n in range(len(rows[0]))]
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0] + " " * (first[1] - width(first[0]))]
        cells += [" " * (w - width(text)) + text for text, w in rest]
        yield "  ".join(cells).rstrip()
