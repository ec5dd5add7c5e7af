"""From exports of open, public posts to an aggregate report: the front door."""
