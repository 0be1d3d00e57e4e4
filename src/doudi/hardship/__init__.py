"""The multidimensional hardship index (T7): who is deprived in what, how much hardship there is, and who is seen first.

``index`` brings the law of the index together, ``measures`` counts as Alkire and Foster (2011) do, ``household`` explains one
household, ``register`` does all households of a register at once; both give the same answers.
"""
