"""The programmes of all departments and organisations, as rules: one folder for each group.

Beside a rule file ``<name>.py`` stand its parameters ``<name>.yaml``, the entries of its programmes in the catalogue
``<name>.programmes.yaml`` and its cases ``<name>.cases.yaml``. How programmes bear on each other stands in
``relations.yaml``, who answers for them in ``organisations.yaml``; what regions say of the parameters in ``regions``.

These rules rest on those of the tiers. Nothing of the tiers rests on them, so that a determination never computes them.
"""
