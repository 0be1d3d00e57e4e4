"""The law: parameters (dated, by region) and rules, as a lawyer reviews them.

One topic is one folder; a rule file ``<name>.py``, its parameters ``<name>.yaml`` and its cases ``<name>.cases.yaml``
stand side by side. Regions overlay the national values in ``regions/<code>-<slug>.yaml``.
"""
