"""What the model answers: hate, and whom it is aimed at, in the codebook's order."""

GROUPS = (
    "women",
    "lgbtq",
    "muslims",
    "jews",
    "black",
    "migrants_refugees",
    "roma_travellers",
    "disabled",
    "asian",
    "other_ethnicity_religion",
    "political",
)
