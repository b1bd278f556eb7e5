"""The pages of the interface, one a module: components, and what happens on a click.

Only these and ui.py know Gradio. What is shown is made in rag/web; a page's `build(site, lang)`
is called inside the page's tab and wires everything itself, `lang` being the language switch.
"""
