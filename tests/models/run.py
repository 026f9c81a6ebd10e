"""Runs these tests with the Python that has PyTorch. It borrows pytest from the main environment, behind its own packages."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path += [
    str(path) for path in sorted((ROOT / ".venv" / "lib").glob(f"python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"))
]

# Tiny models gain nothing from several threads, and on a busy machine those wait for each other.
os.environ |= {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}

if __name__ == "__main__":
    try:
        import pytest
    except ModuleNotFoundError:
        sys.exit("The models' tests need .venv and .venv-llm on the same Python version; make both with the same PYTHON=…")
    sys.exit(pytest.main(["-q", "-c", str(Path(__file__).with_name("pytest.ini")), str(Path(__file__).parent), *sys.argv[1:]]))
