"""What the page (ui.py) shows: words, HTML, style, examples. Nothing here needs Gradio."""
