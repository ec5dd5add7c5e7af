"""How words got their meanings: see `training.meanings.__main__`."""
