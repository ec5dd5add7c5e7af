"""What we learn of each post, in this order."""

from headwater.landscape.steps import hate, language, targets

STEPS = (language.STEP, hate.STEP, targets.STEP)
