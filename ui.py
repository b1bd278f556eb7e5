"""The page: `tiaowen serve` or `python ui.py`, then http://127.0.0.1:7860 in a browser.

It answers on this machine only (127.0.0.1) and asks nothing of any other: no analytics, no web
fonts, no sharing. The conversation lives in the browser's session and is gone on reload. What the
page shows is made in `rag/web`; this file puts it into Gradio's components and wires them.

Settings come from the environment, as `tiaowen serve` sets them: TIAOWEN_INDEX, TIAOWEN_CORPUS,
TIAOWEN_PORT.
"""

# No `from __future__ import annotations` here: Gradio looks for `EventData` in the annotations of
# the handlers, and Gradio is only loaded once the environment below is set.
import argparse
import os
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.errors import IndexMissing, InputError, TiaowenError
from rag.web import render, style
from rag.web.conversation import Turn, next_turn
from rag.web.examples import examples
from rag.web.words import LANGUAGES, Lang, word

if TYPE_CHECKING:
    from rag.assistant import Assistant

HOST = "127.0.0.1"
SHOWN_BY = 12  # plans that examples are made of; with more the page would be slow to appear
PORT = 7860
OFFLINE = {
    "GRADIO_ANALYTICS_ENABLED": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
}
State = tuple[Turn, ...]
Shown = tuple[int, int]  # the turn and the citation's number in it
NOTHING: Shown = (-1, 0)


class Page:
    """What the handlers do, without Gradio: the assistant, its plans, and examples."""

    def __init__(self, assistant: "Assistant") -> None:
        self.assistant = assistant
        self.plans = assistant.index.by_id()
        self._examples: dict[Lang, tuple[str, ...]] = {}

    def examples(self, lang: Lang) -> tuple[str, ...]:
        """Example questions; asked when first needed, which takes a second and warms up all."""
        if lang not in self._examples:
            few = tuple(islice(self.plans.values(), SHOWN_BY))
            self._examples[lang] = examples(self.assistant, few, lang)
        return self._examples[lang]

    def view(self, turns: State, lang: Lang, shown: Shown) -> tuple[str, str]:
        """The conversation and the clause beside it."""
        if not turns:
            chat = render.welcome(self.examples(lang), len(self.plans), lang)
        else:
            chat = render.transcript(turns, lang, shown)
        return chat, render.panel(self.plans, turns, lang, shown)

    def ask(
        self, text: str, chosen: list[str] | None, turns: State, lang: Lang
    ) -> Iterator[tuple[str, str, State, Shown, str]]:
        """First the question alone, then with its answer; the box is emptied at once."""
        if not text.strip():
            turns = tuple(t for t in turns if t.question)  # say it once, however often one clicks
        else:
            yield *self.view((*turns, Turn(text.strip())), lang, NOTHING), turns, NOTHING, ""
        turns = (*turns, next_turn(self.assistant, text, chosen or (), turns, lang))
        answer = turns[-1].answer
        shown = (len(turns) - 1, answer.citations[0].n if answer and answer.citations else 0)
        yield *self.view(turns, lang, shown), turns, shown, ""

    def select(
        self, turns: State, lang: Lang, shown: Shown, data: dict[str, Any]
    ) -> tuple[str, str, Shown]:
        """Another citation; what the browser sends is not trusted to exist."""
        at, n = data.get("turn"), data.get("n")
        answer = turns[at].answer if isinstance(at, int) and 0 <= at < len(turns) else None
        if answer and any(c.n == n for c in answer.citations):
            shown = (int(at or 0), int(n or 0))
        return *self.view(turns, lang, shown), shown

    def offered(self, turns: State, lang: Lang, data: dict[str, Any]) -> str:
        """The example or the choice that was clicked as a question, or nothing."""
        turn, n = data.get("turn"), data.get("choice")
        if isinstance(turn, int) and isinstance(n, int) and 0 <= turn < len(turns):
            answer = turns[turn].answer
            choices = answer.choices if answer else ()
            return choices[n].question if 0 <= n < len(choices) else ""
        at = data.get("example")
        known = self.examples(lang)
        return known[at] if isinstance(at, int) and 0 <= at < len(known) else ""


def brand(lang: Lang) -> str:
    """Name and what it is for."""
    return f"<h1>{word(lang, 'name')}</h1><span>{word(lang, 'tagline')}</span>"


def note(lang: Lang) -> str:
    """The line under the question box."""
    return f"<p>{word(lang, 'note')}</p>"


def build(page: Page) -> Any:
    """The page as Gradio Blocks, wired and not yet launched."""
    import gradio as gr

    lang0: Lang = "zh"
    chat0, panel0 = page.view((), lang0, NOTHING)
    click = style.CLICKS
    choices = [(c.name, c.id) for c in page.assistant.index.held_index().cards]
    with gr.Blocks(title="条问 Tiaowen", fill_width=True, analytics_enabled=False) as blocks:
        turns, shown = gr.State(()), gr.State(NOTHING)
        with gr.Row(elem_id="tw-top"):
            head = gr.HTML(brand(lang0), elem_id="tw-brand", js_on_load=None)
            lang = gr.Radio(
                list(LANGUAGES),
                value=lang0,
                show_label=False,
                container=False,
                label=word(lang0, "language"),
                elem_id="tw-language",
            )
            new = gr.Button(word(lang0, "new"), size="sm", elem_id="tw-new")
        with gr.Row(elem_id="tw-main"):
            with gr.Column(scale=6, elem_id="tw-chat"):
                chat = gr.HTML(chat0, elem_id="tw-transcript", js_on_load=click + style.FOLLOW)
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
                        choices,
                        value=[],
                        multiselect=True,
                        elem_id="tw-plans",
                        label=f"{word(lang0, 'plans')}（{word(lang0, 'plans_hint')}）",
                    )
                foot = gr.HTML(note(lang0), elem_id="tw-note", js_on_load=None)
            with gr.Column(scale=5, elem_id="tw-side"):
                side = gr.HTML(panel0, elem_id="tw-panel", js_on_load=click + style.REVEAL)

        def select(
            turns: State, lang: Lang, shown: Shown, event: gr.EventData
        ) -> tuple[str, str, Shown]:
            return page.select(turns, lang, shown, event._data)

        def offered(
            chosen: list[str], turns: State, lang: Lang, event: gr.EventData
        ) -> Iterator[tuple[str, str, State, Shown, str]]:
            yield from page.ask(page.offered(turns, lang, event._data), chosen, turns, lang)

        def fresh(lang: Lang) -> tuple[str, str, State, Shown, str]:
            return *page.view((), lang, NOTHING), (), NOTHING, ""

        def translate(lang: Lang, turns: State, shown: Shown) -> tuple[Any, ...]:
            label = f"{word(lang, 'plans')} ({word(lang, 'plans_hint')})"
            return (
                *page.view(turns, lang, shown),
                brand(lang),
                note(lang),
                gr.update(value=word(lang, "new")),
                gr.update(value=word(lang, "ask")),
                gr.update(placeholder=word(lang, "placeholder"), label=word(lang, "question")),
                gr.update(label=label),
                gr.update(label=word(lang, "language")),
            )

        # Nothing of this is an API for others: `tiaowen ask --json` is.
        hidden = {"show_progress": "hidden", "api_visibility": "private"}
        all_out = [chat, side, turns, shown, text]
        for event in (send.click, text.submit):
            event(page.ask, [text, chosen, turns, lang], all_out, **hidden)
        chat.click(offered, [chosen, turns, lang], all_out, **hidden)
        for place in (chat, side):
            place.select(select, [turns, lang, shown], [chat, side, shown], **hidden)
        new.click(fresh, [lang], all_out, **hidden)
        words_out = [chat, side, head, foot, new, send, text, chosen, lang]
        lang.change(translate, [lang, turns, shown], words_out, **hidden)
    return blocks


def port() -> int:
    """TIAOWEN_PORT, else 7860. Raises InputError for what is no port."""
    raw = os.environ.get("TIAOWEN_PORT") or str(PORT)
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw) <= 65535:
        raise InputError(f"TIAOWEN_PORT is {raw!r}; a port is a number from 1 to 65535")
    return int(raw)


def serve() -> None:
    """Opens the index, then serves until interrupted. Raises TiaowenError where it cannot."""
    from rag.cli import open_assistant

    number = port()
    os.environ.update(OFFLINE)
    for name in ("NO_PROXY", "no_proxy"):  # Gradio calls itself once, which no proxy can pass on
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), HOST]))
    page = Page(open_assistant(argparse.Namespace(corpus=None, index=None, encoder="")))
    try:
        import gradio as gr
    except ModuleNotFoundError as error:
        raise InputError("the page needs Gradio; install it: pip install -e '.[ui]'") from error
    theme = gr.themes.Base(
        primary_hue="red", neutral_hue="stone", font=list(style.FONTS), font_mono=list(style.MONO)
    )
    blocks = build(page)
    try:
        blocks.launch(
            server_name=HOST,
            server_port=number,
            share=False,
            quiet=True,
            inbrowser=False,
            ssr_mode=False,
            run_history=False,
            mcp_server=False,
            pwa=False,
            footer_links=[],
            enable_monitoring=False,
            prevent_thread_lock=True,
            theme=theme,
            css=style.CSS,
        )
    except OSError as error:
        raise InputError(
            f"port {number} is taken; choose another: tiaowen serve --port {number + 1}"
        ) from error
    print(f"条问 Tiaowen: http://{HOST}:{number}  (Ctrl+C ends it)", flush=True)
    blocks.block_thread()


def main() -> int:
    """Serves the page; returns the exit code. Errors are one line."""
    try:
        serve()
    except IndexMissing as error:
        print(f"tiaowen: {error}", file=sys.stderr)
        return 3
    except TiaowenError as error:
        print(f"tiaowen: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
