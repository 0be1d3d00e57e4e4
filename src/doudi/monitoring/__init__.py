"""Monitoring: every night the indicators are held against what is known, and what has come to need somebody is told.

The indicators are law (``doudi.law.indicators``); here they are read, brought together with facts of today and of the night
before, departments' rows, tiers, programmes and holdings, and applied to a whole county.
"""
