"""The Compare page: a matter and plans side by side, charts, and the clause beside them."""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations.
from typing import Any

import gradio as gr

from rag.web import style_sheets
from rag.web.asking import Shown
from rag.web.comparing import NOT_YET, NOTHING, Compared, Comparing, View
from rag.web.pages.ask import HIDDEN
from rag.web.sides import ACTION
from rag.web.site import Site
from rag.web.words import Lang, word


def build(site: Site, blocks: Any, lang: Any, lang0: Lang, action: Any) -> None:
    """The page inside the tab that is open; `action` holds one picked on the Tasks page."""
    comparing = Comparing(site)
    first = comparing.view(NOT_YET, lang0, NOTHING)
    compared, shown = gr.State(NOT_YET), gr.State(NOTHING)
    with gr.Row(elem_classes="tw-two"):
        with gr.Column(scale=7, elem_classes="tw-left"):
            with gr.Row(elem_classes="tw-fields tw-compare-fields"):
                matter = gr.Dropdown(
                    comparing.matters((), lang0), value=None, allow_custom_value=True,
                    label=word(lang0, "compare_matter"),
                    elem_id="tw-matter",
                )  # fmt: skip
                chosen = gr.Dropdown(
                    site.choices(), value=[], multiselect=True, elem_id="tw-compare-plans",
                    label=word(lang0, "tasks_all_plans"),
                )  # fmt: skip
                go = gr.Button(word(lang0, "compare_go"), elem_id="tw-compare-go")
            main = gr.HTML(
                first.main, elem_id="tw-compare-main", elem_classes="tw-scroll",
                js_on_load=style_sheets.PICK,
            )  # fmt: skip
        with gr.Column(scale=4, elem_classes="tw-right"):
            side = gr.HTML(
                first.side, elem_id="tw-compare-side", elem_classes="tw-pane",
                js_on_load=style_sheets.PICK + style_sheets.SHOW,
            )  # fmt: skip

    def compare(matter: str | None, chosen: list[str] | None, lang: Lang) -> View:
        return comparing.compare(matter or "", chosen or (), lang)

    def picked(event: gr.EventData, chosen: list[str] | None, lang: Lang) -> tuple[Any, ...]:
        """A figure of the overview, or back to it."""
        matter = comparing.offered(event._data, chosen or ())
        return matter or None, *comparing.compare(matter, chosen or (), lang)

    def from_tasks(action: str, chosen: list[str] | None, lang: Lang) -> tuple[Any, ...]:
        if not action:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), gr.skip(), ""
        matter = ACTION + action
        return matter, *comparing.compare(matter, chosen or (), lang), ""

    def select(event: gr.EventData, compared: Compared, lang: Lang, shown: Shown) -> View:
        return comparing.select(compared, lang, shown, event._data)

    def known(chosen: list[str] | None, lang: Lang) -> Any:
        return gr.update(choices=comparing.matters(chosen or (), lang))

    def translate(
        chosen: list[str] | None, compared: Compared, lang: Lang, shown: Shown
    ) -> tuple[Any, ...]:
        view = comparing.view(compared, lang, shown)
        return (
            gr.update(
                label=word(lang, "compare_matter"),
                choices=comparing.matters(chosen or (), lang),
            ),
            gr.update(label=word(lang, "tasks_all_plans")),
            gr.update(value=word(lang, "compare_go")),
            view.main,
            view.side,
        )  # fmt: skip

    def opened(lang: Lang) -> tuple[Any, ...]:
        return gr.update(choices=site.choices()), known(None, lang)

    view = [main, side, compared, shown]
    asked = [matter, chosen, lang]
    go.click(compare, asked, view, **HIDDEN)
    matter.input(compare, asked, view, **HIDDEN)
    chosen.change(compare, asked, view, **HIDDEN).then(known, [chosen, lang], matter, **HIDDEN)
    main.click(picked, [chosen, lang], [matter, *view], **HIDDEN)
    action.change(from_tasks, [action, chosen, lang], [matter, *view, action], **HIDDEN)
    for place in (main, side):
        place.select(select, [compared, lang, shown], view, **HIDDEN)
    words = [matter, chosen, go, main, side]
    lang.change(translate, [chosen, compared, lang, shown], words, **HIDDEN)
    blocks.load(opened, [lang], [chosen, matter], **HIDDEN)
