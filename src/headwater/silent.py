"""Keep libraries from telling their makers of each import and run; imported before any of them.

Daft reports imports and runs; ONNX Runtime keeps a device's number and sends what it has seen.
Worker processes inherit these.
"""

import os

os.environ.update(
    DO_NOT_TRACK="true",
    DAFT_ANALYTICS_ENABLED="0",
    SCARF_NO_ANALYTICS="true",
    ORT_DISABLE_TELEMETRY="1",
)
