"""Answers worded by a language model, every statement checked before it is shown.

settings -> connection (LangChain) -> draft, cut into statements -> gate -> shown, or left out
"""
