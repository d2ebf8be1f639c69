"""From checked tables to frozen integer arrays: places, costs, classes, the transportation problem.

References point right only in the order of the modules below:

``places`` and ``area_tree`` (where people are), ``eligibility`` and ``sponsorship`` (who may help
whom), ``costs`` (the one definition of the cost of a pair), ``load`` (load curves), ``exceptions``
(single pairs that differ), ``classes`` (interchangeable people) and ``transportation`` (all of it
together).
"""
