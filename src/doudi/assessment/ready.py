"""Kernels made before they are asked for, in a process that answers about many households."""

from __future__ import annotations

from doudi.assessment import counterfactual_trials
from doudi.assessment.citations import DECIDING, nodes_below
from doudi.assessment.determination import outputs_of
from doudi.assessment.statute import Statute
from doudi.facts.vocabulary import Vocabulary


def make_ready(statute: Statute) -> None:
    """Make the kernels by which any household is assessed and explained, whatever is not known of it.

    One made for the very facts that a household leaves open runs faster, but takes a hundred times as long to make as these to run.
    """
    every = frozenset(Vocabulary.load().facts)
    statute.python(outputs_of(statute), every)
    for outputs in (nodes_below(statute.graph, DECIDING), counterfactual_trials.outputs(statute.graph)):
        statute.python(outputs, every, explained=False)
    # What discretion takes to other values shares one kernel, which is made for no place.
    statute.with_resolved(statute.resolved).python(outputs_of(statute), every, explained=False)
