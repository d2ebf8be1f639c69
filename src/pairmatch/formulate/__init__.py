"""From checked tables and a policy to exact integers: a `Formulation`.

References point right only in the order of the modules below:

``points`` and ``area_tree`` (where people are), ``eligibility`` and ``sponsorship`` (who may help
whom), ``costs`` (the one definition of the cost of a pair), ``load`` (load curves),
``special_pairs`` (single pairs that differ), ``policy_free`` (what the tables alone give) and
``formulation`` (all of it under a policy).
"""
