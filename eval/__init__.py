"""Gold questions, scoring and benchmarks."""
