"""Questions across turns: what a follow-up says itself, points at and takes from those before."""
