"""How the shipped encoder was made."""
