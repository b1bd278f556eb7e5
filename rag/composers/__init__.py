"""Composers: one module a kind of question; each turns ranked clauses into a draft answer."""
