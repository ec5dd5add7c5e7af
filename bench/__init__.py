"""Benchmarks that compare side by side in one run: ratios, since seconds hang on the machine."""
