"""The policy library (政策库): every programme and tier of a place on a day in plain words, for everybody, without log-in.

selectors.listing  all policies of a county on a day
selectors.told     one of them
"""
