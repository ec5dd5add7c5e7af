"""Log lines that name places and kinds of error, never contents."""

import logging
import traceback


class PlaceFormatter(logging.Formatter):
    """Writes when, how grave, which logger, and of an error its kind and places alone.

    Django's own lines carry the path asked for, and an exception's words may carry what a person typed;
    neither is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give one line."""
        said = [self.formatTime(record), record.levelname, record.name]
        status = getattr(record, "status_code", None)
        if status:
            said.append(str(status))
        if record.exc_info and record.exc_info[0]:
            said.append(record.exc_info[0].__name__)
            frames = traceback.extract_tb(record.exc_info[2])
            said += [f"{frame.name}:{frame.lineno}" for frame in frames[-4:]]
        return " ".join(said)
