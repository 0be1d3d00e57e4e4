"""Applying (申请), and the pages of residents: the task list, uploads and signatures, what was submitted, one's own cases and benefits,
the call for help, and the card of a household.

A draft holds the answers of each section sealed, every version until it is submitted. What was declared is then known of the household,
with the source ``declared``, beside what departments say (``declared``).
"""
