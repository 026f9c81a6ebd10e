#!/usr/bin/env bash
# Makes .venv-llm: vLLM on CPU, for the tests that stream from a real server. A GPU machine uses vLLM's own image or wheel instead.
#
# pip and not uv: pip finds a CPU build of torch where the machine has one configured (PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL), uv does
# not look there. torch alone is without hashes, because its CPU builds differ from registry to registry.
set -euo pipefail
cd "$(dirname "$0")/.."

ENVIRONMENT=.venv-llm
LIST=requirements/llm-cpu.txt
STAMP=$ENVIRONMENT/.counterhand
WANTED=$(cat "$LIST" "$0" | sha256sum | cut -d' ' -f1)
NEEDED_GB=8

say() { printf '  %s\n' "$*"; }
fail() { printf 'make llm-cpu: %s\n' "$*" >&2; exit 1; }

if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$WANTED" ]; then
  say "$ENVIRONMENT is up to date"
  exit 0
fi

find_python() {
  # 3.11 first: it is the version with the most CPU builds of torch.
  for python in python3.11 "$HOME"/.pyenv/versions/3.11*/bin/python3.11 "${PYTHON:-}" .venv/bin/python python3.12; do
    [ -n "$python" ] && "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null &&
      { echo "$python"; return; }
  done
  return 1
}
PYTHON=$(find_python) || fail "vLLM's environment needs Python 3.11 or 3.12 and found none. Install it, or run: make llm-cpu PYTHON=/path/to/python3.11"

free_gb=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
[ -d "$ENVIRONMENT" ] || [ "$free_gb" -ge "$NEEDED_GB" ] || fail "$free_gb GB are free here and about $NEEDED_GB GB are needed. Make room and run it again."

started=$SECONDS
log=$(mktemp)
trap 'rm -f "$log"' EXIT
step() {
  local name=$1 begun=$SECONDS
  shift
  say "$name …"
  nice -n 10 "$@" >"$log" 2>&1 || { tail -n 25 "$log" >&2; fail "'$name' failed. The lines above say why; run it again when that is mended."; }
  say "$name: $((SECONDS - begun)) s"
}

rm -f "$STAMP"
step "environment" "$PYTHON" -m venv --clear "$ENVIRONMENT"
pip=("$ENVIRONMENT/bin/python" -m pip install --disable-pip-version-check --no-input)
step "torch" "${pip[@]}" "$(grep '^torch==' requirements/llm-cpu.in)"
step "vLLM (some 150 packages)" "${pip[@]}" --no-deps --require-hashes -r "$LIST"
# They are CUDA builds that vLLM draws in where it is installed by name; with a CPU torch they break its import.
"$ENVIRONMENT/bin/python" -m pip uninstall --yes --quiet torchvision torchaudio torchcodec >/dev/null 2>&1 || true
step "first import" "$ENVIRONMENT/bin/python" -c "import vllm"
echo "$WANTED" >"$STAMP"
say "$ENVIRONMENT: $((SECONDS - started)) s, $(du -sm "$ENVIRONMENT" | cut -f1) MB"
