"""Sphinx configuration."""

from importlib.metadata import version as version_of

project = "pairmatch"
author = "The pairmatch developers"
copyright = "2026, the pairmatch developers"
version = release = version_of("pairmatch-engine")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
]
exclude_patterns = ["_build", "decisions/template.md"]
nitpicky = False

myst_enable_extensions = ["deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "description"
# the defaults of the policy's fields are shown on the page about the policy
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_ivar = True
default_role = "code"

bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "plain"

html_theme = "furo"
html_title = f"pairmatch {release}"
