"""Cases of procedure: what happened to a case, and what then holds. An officer can write one without Python.

A file ``<name>.cases.yaml`` stands beside the kind of case or the clocks it tests:

    histories:
      accepted:                    # a history that several cases begin with
        - {do: submit, at: 2026-09-01, by: resident, with: {source: self, check_authorised: true}}
        - {do: accept, at: 2026-09-02, by: township_clerk, with: {papers_complete: true}}

    cases:
      - case: 国庆假期前受理，启动调查的第三个工作日在假期之后
        en: Accepted before the holiday; the third working day for the inquiry lies behind it
        source: mf-2021-57:15
        kind: application
        events:
          - after: accepted
        expect:
          at: 2026-09-03
          stage: inquiry
          clocks: {start_inquiry: {due: 2026-09-07, left: 2}}

Keys of a case:
    case, en     the sentence in Chinese and English
    source       the article (``document:article``) or a story (``story-20``)
    region       the region's code in quotes; "999901" when not written
    kind         the kind of case (``application``, ``cut``, …)
    kin          accounts of staff who are near relatives
    events       steps in order; ``after: NAME`` puts a history there
    refused      steps that must be refused then, each with ``because``: exactly the reasons
    expect       what must hold at the moment ``at``
or, for a clock alone:
    clock        the name of the clock, with ``from``, ``pauses`` ([from, to] each), ``facts``

A step is ``{do, at, by, with}``: the day (and time) on which it happens, who does it — a role, or ``role/2`` for a second person of
that role — and what is filled in: sums in yuan, days as 2026-09-01, lists in brackets, steps of an exit as {2026-09: 300}.

Under ``expect``: ``stage``, ``owner``, ``clocks`` (``due``, ``left``, ``late``, ``overdue``, ``state``, ``provisional``, ``length``;
``due: none`` where no limit is set), ``facts``, ``may`` ({role: [steps]}), ``may_not`` ([{do, by, because}]), ``documents``
(issued so far), ``opens`` (by the last step).
"""

from doudi.procedure.cases.model import CaseFile, ProcedureCase
from doudi.procedure.cases.reading import read_cases
from doudi.procedure.cases.running import Failure, run_case

__all__ = ["CaseFile", "Failure", "ProcedureCase", "read_cases", "run_case"]
