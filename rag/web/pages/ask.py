"""The Ask page: the conversation, the question box, and the clause beside it."""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations.
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr

from index.errors import InputError
from rag.feedback import Feedback
from rag.llm.settings import MODES, Mode, Settings
from rag.web import export, scripts
from rag.web.asking import NOTHING, Asking, Past, Shown, Turns, labels, recalled, remembered
from rag.web.files import give
from rag.web.site import Site
from rag.web.words import Lang, word

# Nothing of this is an API for others: `tiaowen ask --json` is.
HIDDEN = {"show_progress": "hidden", "api_visibility": "private"}
STORE, SEAL = "tiaowen-conversations", "tiaowen"  # in the browser; sealed against odd values only


def build(
    site: Site,
    feedback: Feedback,
    blocks: Any,
    tab: Any,
    lang: Any,
    lang0: Lang,
    model: Settings | None = None,
) -> Any:
    """The page inside the tab that is open; `lang` is the language switch of `blocks`. Returns its
    list of plans, which follows what is held. With a `model` there is a switch for its mode."""
    asking = Asking(site, feedback, model)
    first = asking.view((), lang0, NOTHING)
    turns, shown, key = gr.State(()), gr.State(NOTHING), gr.State("")
    past = gr.BrowserState([], storage_key=STORE, secret=SEAL)
    with gr.Row(elem_id="tw-main"):
        with gr.Column(scale=6, elem_id="tw-chat"):
            with gr.Row(elem_id="tw-bar"):
                new = gr.Button(word(lang0, "new"), size="sm", elem_id="tw-new")
                earlier = gr.Dropdown(
                    [], value=None, elem_id="tw-history", label=word(lang0, "history"),
                    min_width=200,
                )  # fmt: skip
                forget = gr.Button(word(lang0, "forget"), size="sm", elem_id="tw-forget")
                markdown = gr.Button(word(lang0, "save_markdown"), size="sm", elem_id="tw-markdown")
                docx = gr.Button(word(lang0, "save_docx"), size="sm", elem_id="tw-docx")
                file = gr.DownloadButton(elem_id="tw-file", elem_classes="tw-sr")
            chat = gr.HTML(
                first.chat, elem_id="tw-transcript", js_on_load=scripts.CLICKS + scripts.FOLLOW
            )
            with gr.Column(scale=0, elem_id="tw-box"):
                with gr.Row(elem_id="tw-write"):
                    text = gr.Textbox(
                        placeholder=word(lang0, "placeholder"),
                        label=word(lang0, "question"),
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=6,
                        elem_id="tw-question",
                    )
                    send = gr.Button(word(lang0, "ask"), elem_id="tw-ask")
                chosen = gr.Dropdown(
                    site.choices(), value=[], multiselect=True, elem_id="tw-plans",
                    label=_plans_label(lang0),
                )  # fmt: skip
                mode = gr.Dropdown(
                    _modes(lang0), value=model.mode if model else "off", visible=model is not None,
                    label=word(lang0, "llm"), elem_id="tw-llm",
                )  # fmt: skip
            note = gr.HTML(_note(lang0, model), elem_id="tw-note", js_on_load=None)
        with gr.Column(scale=5, elem_id="tw-side"):
            side = gr.HTML(
                first.side, elem_id="tw-panel", js_on_load=scripts.CLICKS + scripts.REVEAL
            )

    talking = _Talking()

    def ask(
        text: str,
        chosen: list[str],
        turns: Turns,
        lang: Lang,
        mode: Mode,
        request: gr.Request | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        talking.begin(request)
        views = asking.ask(text, chosen or (), turns, lang, mode)
        yield next(views)
        for shown in views:  # the box was emptied at once; what is typed meanwhile stays
            yield *shown[:-1], gr.skip()

    def offered(
        chosen: list[str],
        turns: Turns,
        lang: Lang,
        mode: Mode,
        event: gr.EventData,
        request: gr.Request | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        asked = asking.offered(turns, lang, event._data)
        yield from ask(asked, chosen, turns, lang, mode, request)

    def select(turns: Turns, lang: Lang, shown: Shown, event: gr.EventData) -> tuple[Any, ...]:
        return asking.select(turns, lang, shown, event._data)[:4]  # the box keeps what is in it

    def say(
        chosen: list[str], turns: Turns, lang: Lang, shown: Shown, event: gr.EventData
    ) -> tuple[Any, ...]:
        try:
            return asking.say(turns, lang, shown, chosen or (), event._data)[:4]
        except InputError as error:
            gr.Warning(str(error))
            return asking.view(turns, lang, shown)[:4]

    def remember(past: Past, key: str, turns: Turns, chosen: list[str]) -> tuple[Any, ...]:
        key = key or uuid4().hex
        past = remembered(past, key, turns, chosen or ())
        there = [p for p in chosen or () if p in site.plans]
        plans = gr.update(choices=site.choices(), value=there)  # plans come and go
        return past, key, gr.update(choices=labels(past)), plans

    def fresh(lang: Lang, request: gr.Request | None = None) -> tuple[Any, ...]:
        talking.end(request)
        return *asking.view((), lang, NOTHING), "", gr.update(value=None)

    def again(name: str | None, past: Past, lang: Lang) -> tuple[Any, ...]:
        questions, plans = recalled(past, name or "")
        there = [p for p in plans if p in site.plans]
        return *asking.again(questions, there, lang), name or "", there

    def forgotten() -> tuple[Past, Any]:
        return [], gr.update(choices=[], value=None)

    def list_past(past: Past) -> tuple[Any, Any]:
        return gr.update(choices=labels(past), value=None), gr.update(choices=site.choices())

    def renewed(
        chosen: list[str], turns: Turns, lang: Lang, request: gr.Request | None = None
    ) -> tuple[Any, Any]:
        there = [p for p in chosen or () if p in site.plans]
        welcome = asking.view((), lang, NOTHING).chat
        # looked up last: who asked meanwhile is not greeted over the answer
        welcome = gr.skip() if turns or talking.now(request) else welcome
        return welcome, gr.update(choices=site.choices(), value=there)

    def saved(form: str, turns: Turns, lang: Lang) -> Path | None:
        try:
            made = export.docx(turns, lang) if form == "docx" else export.markdown(turns, lang)
        except InputError as error:
            gr.Warning(str(error))
            return None
        return give(f"{word('zh', 'name')}.{form}", made) if turns else None

    def translate(lang: Lang, turns: Turns, shown: Shown) -> tuple[Any, ...]:
        view = asking.view(turns, lang, shown)
        said = [gr.update(value=word(lang, k)) for k in ("new", "ask", "forget")]
        saves = [gr.update(value=word(lang, k)) for k in ("save_markdown", "save_docx")]
        box = gr.update(placeholder=word(lang, "placeholder"), label=word(lang, "question"))
        plans = gr.update(label=_plans_label(lang))
        old = gr.update(label=word(lang, "history"))
        modes = gr.update(label=word(lang, "llm"), choices=_modes(lang))
        return view.chat, view.side, _note(lang, model), *said, *saves, box, plans, old, modes

    view = [chat, side, turns, shown, text]
    keep = {
        "fn": remember,
        "inputs": [past, key, turns, chosen],
        "outputs": [past, key, earlier, chosen],
    }
    # plans may have come and gone on another page
    renew = tab.select(renewed, [chosen, turns, lang], [chat, chosen], **HIDDEN)
    asks = {"outputs": view, "cancels": [renew], **HIDDEN}
    for event in (send.click, text.submit):
        event(ask, [text, chosen, turns, lang, mode], **asks).then(**keep, **HIDDEN)
    chat.click(offered, [chosen, turns, lang, mode], **asks).then(**keep, **HIDDEN)
    for place in (chat, side):
        place.select(select, [turns, lang, shown], view[:4], **HIDDEN)
    chat.submit(say, [chosen, turns, lang, shown], view[:4], **HIDDEN)
    new.click(fresh, [lang], [*view, key, earlier], **HIDDEN)
    earlier.input(again, [earlier, past, lang], [*view, key, chosen], **HIDDEN)
    forget.click(forgotten, None, [past, earlier], **HIDDEN)
    fetch = scripts.fetch("tw-file")
    for button, form in ((markdown, "md"), (docx, "docx")):
        button.click(partial(saved, form), [turns, lang], file, **HIDDEN).then(js=fetch, fn=None)
    told = [chat, side, note, new, send, forget, markdown, docx, text, chosen, earlier, mode]
    lang.change(translate, [lang, turns, shown], told, **HIDDEN)
    blocks.load(list_past, [past], [earlier, chosen], **HIDDEN)
    return chosen


class _Talking:
    """The sessions in which something has been asked since the conversation was begun."""

    def __init__(self) -> None:
        self._sessions: dict[str | None, None] = {}

    def begin(self, request: gr.Request | None) -> None:
        self._sessions[_session(request)] = None
        if len(self._sessions) > SESSIONS_KEPT:
            self._sessions.pop(next(iter(self._sessions)))

    def end(self, request: gr.Request | None) -> None:
        self._sessions.pop(_session(request), None)

    def now(self, request: gr.Request | None) -> bool:
        return _session(request) in self._sessions


SESSIONS_KEPT = 1000  # the oldest are forgotten: a tab that is still open is greeted at most


def _session(request: gr.Request | None) -> str | None:
    return request.session_hash if request else None


def _plans_label(lang: Lang) -> str:
    return f"{word(lang, 'plans')}（{word(lang, 'plans_hint')}）"


def _note(lang: Lang, model: Settings | None) -> str:
    """The line under the question box: where questions go."""
    return f"<p>{word(lang, 'note_llm' if model else 'note')}</p>"


def _modes(lang: Lang) -> list[tuple[str, Mode]]:
    return [(word(lang, f"llm_{mode}"), mode) for mode in MODES]
