"""How the documentation is built."""

project = "Headwater"
author = "The Headwater contributors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "Headwater"
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
autodoc_typehints = "none"
html_last_updated_fmt = None
suppress_warnings = ["config.cache"]
