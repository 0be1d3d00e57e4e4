"""Households imported from a file (批量导入): staged, checked row by row, reviewed by somebody else, then merged.

    upload → check → (the same file back, with what is wrong in it) → review → merge → (reversal)

Nothing of a file reaches the registry before a second person has agreed.
"""
