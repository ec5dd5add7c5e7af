"""The same report from a Ray cluster of separate workers, in a network of its own."""

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from headwater.landscape import sample

BIN = Path(sys.executable).parent
CLUSTER = f"""
set -eu
ip link set lo up
start() {{ {BIN}/ray start "$@" --node-ip-address=127.0.0.1 --disable-usage-stats >/dev/null 2>&1; }}
trap "{BIN}/ray stop --force >/dev/null 2>&1" EXIT
start --head --port=6399 --num-cpus=0 --include-dashboard=false
start --address=127.0.0.1:6399 --num-cpus=1
start --address=127.0.0.1:6399 --num-cpus=1
if RAY_AUTH_TOKEN=another {BIN}/ray status >/dev/null 2>&1; then exit 77; fi
"$@"
"""


@pytest.mark.long
def test_a_cluster_gives_an_equal_report(tmp_path):
    if subprocess.run(["unshare", "-n", "true"], check=False).returncode:  # noqa: S607
        pytest.skip("no network namespace may be made here")
    if not (BIN / "ray").exists():
        pytest.skip("the extra `ray` is not installed")
    town = tmp_path / "town"
    sample.write(town, seed=9, n_posts=3000)
    report = [BIN / "headwater", "report", town, "--place", "Fjordby", "--out"]
    subprocess.run([*report, tmp_path / "alone"], check=True, stderr=subprocess.DEVNULL)
    temporary = Path("/tmp") / f"ray-{secrets.token_hex(4)}"  # noqa: S108 sockets want short paths
    environment = {
        **os.environ,
        "RAY_ADDRESS": "127.0.0.1:6399",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_TMPDIR": str(temporary),
    }
    command = [*report, tmp_path / "cluster", "--runner", "ray"]
    try:
        subprocess.run(
            ["unshare", "-n", "bash", "-c", CLUSTER, "cluster", *command],  # noqa: S607
            check=True,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    same = "report.json"
    assert (tmp_path / "cluster" / same).read_bytes() == (tmp_path / "alone" / same).read_bytes()
