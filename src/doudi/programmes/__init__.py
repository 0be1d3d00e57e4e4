"""One door: the programmes of all departments and organisations for a household, together.

- ``catalogue``, ``entries``: what programmes there are; ``relations``: how they bear on each other.
- ``law``: the law of a place and day with the rules of all programmes.
- ``choice``: the lawful combination that is best for the household.
- ``standing``: each programme on a day: got, missed, short, beyond, undetermined, not due.
- ``statement``: a year; ``waterfall``: the cost of illness; ``cliff``: what more earnings leave.
- ``register``: all households of a register at once.
"""
