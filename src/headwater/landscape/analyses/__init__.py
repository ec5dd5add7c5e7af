"""The list of analyses: each says what to count and computes exact numbers from the counts."""

from headwater.landscape.analyses import courses, makeup, prevalence, targets, trends

ANALYSES = (
    makeup.ANALYSIS,
    prevalence.ANALYSIS,
    targets.ANALYSIS,
    courses.ANALYSIS,
    trends.ANALYSIS,
)
