"""Tests of the benchmarks themselves: what they convert, compare and count."""
