"""Tests of warnings and visits."""
