"""How the shipped model is made: `python -m training`. Not in the wheel."""
