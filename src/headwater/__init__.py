"""What a town's public debate looks like, and what to do about it."""

from headwater import silent as silent
