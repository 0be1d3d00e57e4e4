"""The indicators of monitoring (监测预警指标) as rules: one folder for each class.

``urgent`` 急难, ``need`` 需求, ``dynamic`` 动态, ``error`` 防错. Beside a rule file ``<name>.py`` stand its parameters
``<name>.yaml``, the entries of its indicators ``<name>.indicators.yaml`` and its cases ``<name>.cases.yaml``; what regions say
of the parameters in ``regions``. The words that these rules may use beyond those of the law: ``docs/monitoring.md``.

They rest on the rules of the tiers and of the programmes. Nothing of those rests on them.
"""
