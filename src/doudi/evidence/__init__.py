"""From rows to facts: what is known of each person and household on a day, from whom, and which value is used.

``build`` brings the registry of civil affairs and the departments' feeds together; ``schema`` describes what it writes.
"""
