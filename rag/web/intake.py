"""What is shown where plans are taken in: where to put files, and what was read of each.

A card's fields are gathered by the page's script (style_plans.py) and sent with what is clicked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.formats import SUFFIXES
from index.formats.limits import MAX_FILE_BYTES, MIB
from index.plan import ROLE_ZH
from rag.phrases import ROLE
from rag.understood import Understood, Ways
from rag.web.holding import CORRECTED, MANY, SAID_CHARS, Brought
from rag.web.paper import shown as _text
from rag.web.words import Lang, word

MISSING = {"numbered clauses": "no_clauses", "duty notes": "no_notes"}  # else a fact's own name


def intake(brought: Sequence[Brought], lang: Lang, working: int = -1) -> str:
    """The place for files and a card for each; card `working` is being added, no other waits."""
    cards = "".join(_card(b, n, lang, working) for n, b in enumerate(brought))
    return (
        f'<section class="tw-intake">{_drop(lang)}{cards}{_all(brought, lang, working)}</section>'
    )


def _drop(lang: Lang) -> str:
    told = {
        "sending": word(lang, "sending"),
        "many": str(MANY),
        "limit": str(MAX_FILE_BYTES),
    }
    data = " ".join(f'data-{k}="{_text(v)}"' for k, v in told.items())
    limits = word(
        lang, "drop_limits", endings=" ".join(SUFFIXES), many=MANY, limit=MAX_FILE_BYTES // MIB
    )
    return (
        f"<header><h2>{_text(word(lang, 'intake'))}</h2><p>{_text(word(lang, 'intake_text'))}</p>"
        f'</header><label class="tw-drop" {data}><input type="file" multiple '
        f'accept="{",".join(SUFFIXES)}" aria-describedby="tw-drop-limits">'
        f"<b>{_text(word(lang, 'drop'))}</b>"
        f'<small id="tw-drop-limits">{_text(limits)}</small></label>'
        '<p class="tw-progress" role="status" aria-live="polite"></p>'
    )


def _all(brought: Sequence[Brought], lang: Lang, working: int) -> str:
    """What is done with all cards at once, where several wait."""
    waiting = sum(b.state == "new" for b in brought)
    if waiting < SEVERAL or working >= 0:
        return ""
    add = _button("add_all", "add_all", lang, n=waiting, main=True)
    return _deeds(add + _button("drop_all", "drop_all", lang))


SEVERAL = 2


def _deeds(buttons: str) -> str:
    return f'<div class="tw-deeds">{buttons}</div>'


def _button(act: str, key: str, lang: Lang, main: bool = False, card: int = -1, n: int = 0) -> str:
    kind = "tw-do tw-main" if main else "tw-do"
    at = f' data-card="{card}"' if card >= 0 else ""
    said = _text(word(lang, key, n=n) if n else word(lang, key))
    return f'<button type="button" class="{kind}" data-act="{act}"{at}>{said}</button>'


def _card(brought: Brought, n: int, lang: Lang, working: int) -> str:
    busy = n == working
    state = "working" if busy else brought.state
    head = (
        f'<header><h3 lang="zh">{_text(brought.name)}</h3>'
        f'<span class="tw-is tw-is-{state}">{_text(word(lang, f"brought_{state}"))}</span></header>'
    )
    body = "".join(_body(brought, n, lang, still=working >= 0))
    return (
        f'<article class="tw-brought tw-brought-{state}" tabindex="-1" data-form="{n}" '
        f'aria-label="{_text(brought.name)}"{" aria-busy=true" if busy else ""}>{head}{body}'
        "</article>"
    )


def _body(brought: Brought, n: int, lang: Lang, still: bool) -> Iterator[str]:
    if brought.told:
        yield f'<p class="tw-trouble" role="alert">{_text(brought.told)}</p>'
    known = brought.known
    if brought.state == "bad" or known is None:
        yield _deeds(_button("drop", "dismiss", lang, card=n))
        return
    if brought.state == "added":
        title = known.facts["title"] or known.place["place"] or known.id
        yield f'<p lang="zh">{_text(title)}</p><dl class="tw-read-of">{_counts(known, lang)}</dl>'
        open_it = (
            f'<button type="button" class="tw-do tw-main" data-plan="{_text(known.id)}">'
            f"{_text(word(lang, 'open_plan'))}</button>"
        )
        yield _deeds(open_it + _button("drop", "dismiss", lang, card=n))
        return
    if brought.twin:
        said = word(lang, "twin", plan=brought.twin)
        yield f'<p class="tw-trouble" role="alert">{_text(said)}</p>'
    elif brought.held:
        yield _replacing(brought, lang, still)
    halves = _form(brought, n, lang, still) + _read(brought, known, lang)
    yield f'<div class="tw-halves">{halves}</div>'
    if not still:
        add = "" if brought.twin else _button("add", "add_one", lang, main=True, card=n)
        yield _deeds(add + _button("drop", "drop_one", lang, card=n))


def _replacing(brought: Brought, lang: Lang, still: bool) -> str:
    said = _text(word(lang, "held_already", file=brought.held))
    ticked = (" checked" if brought.replace else "") + (" disabled" if still else "")
    return (
        f'<div class="tw-trouble"><p>{said}</p><label><input type="checkbox" name="replace"'
        f"{ticked}> {_text(word(lang, 'replace'))}</label></div>"
    )


def _form(brought: Brought, n: int, lang: Lang, still: bool) -> str:
    """The facts, to be corrected."""
    off = " disabled" if still else ""
    fields = ""
    for key in CORRECTED:
        value, ident = brought.fact(key), f"tw-{key}-{n}"
        label = f'<label for="{ident}">{_text(word(lang, f"fact_{key}"))}</label>'
        if key == "status":
            box = f'<select id="{ident}" name="{key}"{off}>{_choices(value, lang)}</select>'
        else:
            hint = _text(word(lang, "fact_none"))
            box = (
                f'<input id="{ident}" name="{key}" type="text" lang="zh" value="{_text(value)}" '
                f'maxlength="{SAID_CHARS}" placeholder="{hint}" autocomplete="off"{off}>'
            )
        fields += f'<div class="tw-fact">{label}{box}</div>'
    said = _text(word(lang, "facts_text"))
    head = _text(word(lang, "facts"))
    return f'<fieldset><legend>{head}</legend>{fields}<p class="tw-of">{said}</p></fieldset>'


def _choices(value: str, lang: Lang) -> str:
    return "".join(
        f'<option value="{raw}"{" selected" if raw == value else ""}>{_text(word(lang, key))}'
        "</option>"
        for raw, key in (("", "is_unknown"), ("issued", "is_issued"), ("draft", "is_draft"))
    )


def _read(brought: Brought, known: Understood, lang: Lang) -> str:
    """How much was read, how the plan writes, and what was not found."""
    rows = _counts(known, lang) + "".join(
        f"<dt>{_text(word(lang, key))}</dt><dd>{_text(said)}</dd>"
        for key, said in (
            ("writes", word(lang, "between").join(_ways(brought.ways, lang))),
            ("annexes", "、".join(known.annexes)),
        )
        if said
    )
    missing = "".join(f"<li>{_text(_missing(name, lang))}</li>" for name in known.missing)
    if missing:
        head = _text(word(lang, "missing"))
        missing = f'<div class="tw-missing"><p>{head}</p><ul>{missing}</ul></div>'
    heads = "".join(
        f'<li style="padding-left:{min(depth, DEEP)}em">{_text(h)}</li>'
        for depth, h in brought.heads
    )
    if heads:
        head = _text(word(lang, "outline_of"))
        folded = f'<summary>{head}</summary><ol lang="zh">{heads}</ol>'
        heads = f'<details class="tw-heads">{folded}</details>'
    head = _text(word(lang, "what_was_read"))
    return (
        f'<section class="tw-was-read"><h4>{head}</h4><dl class="tw-read-of">{rows}</dl>'
        f"{missing}{heads}</section>"
    )


DEEP = 4  # steps by which headings are indented


def _counts(known: Understood, lang: Lang) -> str:
    where = " ".join(p for p in (known.place["province"], known.place["city"]) if p)
    roles = word(lang, "between").join(
        f"{ROLE[lang][r]} {known.roles[r]}" for r in ROLE_ZH if r in known.roles
    )
    key = "notes_count" if known.inherited else "notes_own"
    notes = word(lang, key, own=known.with_duties, inherited=known.inherited)
    rows = (
        ("above", where),
        ("col_clauses", str(sum(known.clauses.values()))),
        ("col_duties", f"{notes}{word(lang, 'brackets', text=roles)}" if roles else "0"),
        ("figures", str(known.figures)),
    )
    return "".join(
        f"<dt>{_text(word(lang, key))}</dt><dd>{_text(said)}</dd>" for key, said in rows if said
    )


def _ways(how: Ways | None, lang: Lang) -> Iterator[str]:
    if how is None:
        return
    if how.numbers:
        yield word(lang, "ways_numbers", numbers=" ".join(how.numbers))
    if how.shared:
        yield word(lang, "ways_shared", n=how.shared)
    if how.single:
        yield word(lang, "ways_single", n=how.single)
    if how.ended:
        yield word(lang, "ways_ended", n=how.ended, all=how.shared + how.single)
    if how.no_lead:
        yield word(lang, "ways_no_lead")


def _missing(name: str, lang: Lang) -> str:
    return word(lang, MISSING.get(name, f"fact_{name}"))
