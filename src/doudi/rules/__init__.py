"""The engine of the rules: expressions, compilation, evaluation, explanation. Knows no law.

- ``book``, ``functions``: how formulas are written down, and the words they use.
- ``parameters``, ``codes``, ``units``, ``documents``: dated values of a place, and what they refer to.
- ``graph``: all formulas of a day as one graph, proved free of circles and overflow.
- ``python_kernel``, ``numpy_kernel``: the graph as generated code for one household and for tables.
- ``reference``: the formulas called directly, the yardstick for both.
"""
