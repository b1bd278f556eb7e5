"""Markdown"""
def unmarked(text: str) -> str:
    return text
