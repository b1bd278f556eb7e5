"""The Plans page: the list of plans, a plan opened to read, and plans taken in by upload."""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations.
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag.web import style_plans as style
from rag.web.holding import forget
from rag.web.intake import intake
from rag.web.plans import START, Cards, Here, Mode, Plans
from rag.web.site import Site
from rag.web.words import Lang, word

HIDDEN = {"show_progress": "hidden", "api_visibility": "private"}
KEPT_S = 6 * 3600  # seconds that brought files wait for a person, who may go to lunch


def build(
    site: Site,
    readonly: bool,
    blocks: Any,
    roof: Any,
    tab: Any,
    chosen: Any,
    lang: Any,
    lang0: Lang,
) -> None:
    """The page inside its `tab`. `roof` holds all tabs and `chosen` is the Ask page's list of
    plans: a plan can be asked from here."""
    plans = Plans(site, readonly)
    here = gr.State(START)
    cards = gr.State((), time_to_live=KEPT_S, delete_callback=forget)
    with gr.Column(elem_id="tw-shelf-view") as shelf_view:
        with gr.Row(elem_id="tw-shelf-bar"):
            find = gr.Textbox(
                value="",
                label=word(lang0, "find"), placeholder=word(lang0, "find_hint"), show_label=False,
                container=False, max_lines=1, elem_id="tw-find",
            )  # fmt: skip
            take_in = gr.Button(
                word(lang0, "take_in"), size="sm", elem_id="tw-take-in", visible=plans.may(None)
            )
        shelf = gr.HTML(plans.shelf(START, "", lang0), elem_id="tw-shelf", js_on_load=style.CLICKS)
    with gr.Column(elem_id="tw-book", visible=False) as book:
        head = gr.HTML(elem_id="tw-book-head", js_on_load=style.CLICKS + style.KEEP_FOCUS)
        with gr.Row(elem_id="tw-book-main"):
            with gr.Column(scale=3):
                tree = gr.HTML(elem_id="tw-book-outline", js_on_load=style.CLICKS)
            with gr.Column(scale=9):
                leaf = gr.HTML(
                    elem_id="tw-leaf", js_on_load=style.CLICKS + style.KEEP_FOCUS + style.HERE
                )
    with gr.Column(elem_id="tw-intake-view", visible=False) as intake_view:
        back = gr.Button(_back(lang0), size="sm", elem_id="tw-intake-back")
        box = gr.HTML(
            intake((), lang0),
            elem_id="tw-intake",
            js_on_load=style.CLICKS + style.KEEP_FOCUS + style.BRING,
        )

    views = {"shelf": shelf_view, "book": book, "intake": intake_view}
    shown = [here, *views.values(), shelf, head, tree, leaf]

    def show(now: Here, query: str, lang: Lang, may: bool) -> tuple[Any, ...]:
        """All of the view in which the reader stands; the others are left as they are."""
        visible = [gr.update(visible=mode == now.mode) for mode in views]
        if now.mode == "shelf":
            return now, *visible, plans.shelf(now, query, lang), *[gr.skip()] * 3
        if now.mode == "book":
            parts = plans.head(now, lang, may), plans.outline(now, lang), plans.leaf(now, lang)
            return now, *visible, gr.skip(), *parts
        return now, *visible, *[gr.skip()] * 4

    def listed(query: str, now: Here, lang: Lang, request: gr.Request) -> tuple[Any, Any]:
        return plans.shelf(now, query, lang), gr.update(visible=plans.may(request.username))

    def searched(query: str, now: Here, lang: Lang) -> tuple[Any, ...]:
        now = now._replace(many=START.many, news="")
        return now, plans.shelf(now, query, lang)

    def more(query: str, now: Here, lang: Lang) -> tuple[Any, ...]:
        now = now._replace(many=now.many + START.many)
        return now, plans.shelf(now, query, lang)

    def opened(
        query: str, now: Here, lang: Lang, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        return show(plans.opened(now, event._data), query, lang, plans.may(request.username))

    def walked(now: Here, lang: Lang, event: gr.EventData) -> tuple[Any, ...]:
        now = plans.opened(now, event._data)
        return now, plans.leaf(now, lang)

    def done(
        query: str, now: Here, lang: Lang, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        act, may, before = event._data.get("act"), plans.may(request.username), now.mode
        if act == "ask" and now.plan in site.plans:
            ask = gr.update(choices=site.choices(), value=[now.plan])
            return *[gr.skip()] * len(shown), gr.update(selected="ask"), ask
        now, trouble = plans.done(now, act, lang, may)
        if trouble:
            gr.Warning(trouble)
        if now.mode == before:  # only the question at its head has changed
            view = [now, *[gr.skip()] * 4, plans.head(now, lang, may), *[gr.skip()] * 2]
        else:
            view = [*show(now, query, lang, may)]
        return *view, gr.skip(), gr.skip()

    def taking(query: str, now: Here, lang: Lang, request: gr.Request) -> tuple[Any, ...]:
        may = plans.may(request.username)
        mode: Mode = "intake" if may and now.mode != "intake" else "shelf"
        return show(now._replace(mode=mode, news=""), query, lang, may)

    def brought(
        cards: Cards, lang: Lang, event: gr.EventData, request: gr.Request
    ) -> tuple[Any, ...]:
        may, folder = plans.may(request.username), Path(get_upload_folder())
        cards, told = plans.brought(cards, event._data, folder, lang, may)
        if told:
            gr.Warning(told)
        return cards, intake(cards, lang)

    def acted(
        cards: Cards, lang: Lang, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        may = plans.may(request.username)
        for after, working in plans.acted(cards, event._data, lang, may):
            yield after, intake(after, lang, working)

    def translate(
        query: str, now: Here, cards: Cards, lang: Lang, request: gr.Request
    ) -> tuple[Any, ...]:
        labels = gr.update(label=word(lang, "find"), placeholder=word(lang, "find_hint"))
        said = gr.update(value=word(lang, "take_in")), gr.update(value=_back(lang))
        view = show(now, query, lang, plans.may(request.username))
        return *view, labels, *said, intake(cards, lang)

    at = [find, here, lang]
    find.change(searched, at, [here, shelf], **HIDDEN, trigger_mode="always_last")
    shelf.click(more, at, [here, shelf], **HIDDEN)
    for place in (shelf, box):
        place.select(opened, at, shown, **HIDDEN)
    for place in (tree, leaf):
        place.select(walked, [here, lang], [here, leaf], **HIDDEN)
    head.click(done, at, [*shown, roof, chosen], **HIDDEN)
    for button in (take_in, back):
        button.click(taking, at, shown, **HIDDEN)
    box.upload(brought, [cards, lang], [cards, box], **HIDDEN)
    box.click(acted, [cards, lang], [cards, box], **HIDDEN)
    lang.change(translate, [find, here, cards, lang], [*shown, find, take_in, back, box], **HIDDEN)
    for event in (tab.select, blocks.load):  # a command beside the page may have changed the plans
        event(listed, at, [shelf, take_in], **HIDDEN)


def _back(lang: Lang) -> str:
    return f"‹ {word(lang, 'to_shelf')}"
