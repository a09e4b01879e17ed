#!/usr/bin/env bash
# Sekisho on this machine in one command: control server with its own PostgreSQL, this machine's agent, the my-number
# template in audit mode. Ctrl-C stops all that it started; the data stays in DIR.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
  cat <<'TXT'
usage: packaging/quickstart.sh [--data DIR] [--port-base N] [--enforce] [--demo-display]

  --data DIR       where everything is kept        (default: ~/.local/share/sekisho-quickstart)
  --port-base N    N: HTTPS, N+1: gRPC, N+2: PostgreSQL                        (default: 8443)
  --enforce        stop what the policy blocks; without it everything is only recorded
  --demo-display   start a virtual X display to try a copy on

When all is up, a line `ready https://localhost:N` is printed. DIR/ca.pem is the trust anchor, DIR/operator-token a
bearer token for REST, DIR/setup-link the link by which the first administrator registers a passkey. Browsers make passkeys
only where they trust the server: import DIR/ca.pem there as an authority first. Without an authenticator, start with
SEKISHO_SIGN_IN_OPERATOR_TOKEN=true and sign in with the operator token.
TXT
}

data=${XDG_DATA_HOME:-$HOME/.local/share}/sekisho-quickstart port=8443 enforce="" demo=""
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data=${2:?--data needs a folder}; shift 2 ;;
    --port-base) port=${2:?--port-base needs a number}; shift 2 ;;
    --enforce) enforce=1; shift ;;
    --demo-display) demo=1; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; die "unknown argument '$1'" ;;
  esac
done
[[ $port =~ ^[0-9]+$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65533 ] || die "--port-base must be a number from 1 to 65533, not '$port'"

need_build_tools
# Evidence reports (PDF) are set in it.
need /usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf=fonts-ipafont-gothic
[ -z "$demo" ] || need Xvfb=xvfb xauth=xauth xclip=xclip
if dist_is_stale; then build -Pfast package; fi

umask 077
mkdir -p "$data" "$data/logs"
data=$(cd "$data" && pwd)
log=$data/logs
pids=() meeting=""
# Ends what this script started, youngest first, and waits for each.
stop_all() {
  trap - EXIT INT TERM
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill -TERM "${pids[i]}" 2>/dev/null || true; wait "${pids[i]}" 2>/dev/null || true; done
  [ -z "$meeting" ] || rm -rf "$meeting"
  say "stopped; the data stays in $data"
}
trap 'stop_all' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# wait_for PID FILE TEXT WHAT: until TEXT stands in FILE; fails at once if PID ends.
wait_for() {
  local pid=$1 file=$2 text=$3 what=$4 line
  say "waiting for $what"
  while ! grep -q -- "$text" "$file" 2>/dev/null; do
    if ! kill -0 "$pid" 2>/dev/null; then tail -n 30 "$file" >&2; die "$what ended; its whole output is in $file"; fi
    read -r -t 0.2 line <> <(:) || true
  done
}

: >"$log/server.log"
SEKISHO_OPERATOR_TOKEN_FILE=$data/operator-token \
  "$dist_dir/bin/sekisho-server" --data "$data" --port-base "$port" >"$log/server.log" 2>&1 &
pids+=($!)
wait_for "$!" "$log/server.log" "^ready https" "the control server and its database"

export SEKISHO_SERVER=https://localhost:$port SEKISHO_CA=$data/ca.pem
SEKISHO_TOKEN=$(cat "$data/operator-token")
export SEKISHO_TOKEN
sekisho() { "$dist_dir/bin/sekisho" "$@"; }

# The template as it ships, in audit mode unless asked otherwise; an administrator's later revision is left alone.
if [ -n "$enforce" ]; then mode=false; else mode=true; fi
{ cat "$dist_dir/templates/my-number.yaml"; echo "audit-only: $mode"; } >"$data/my-number.yaml"
if [ ! -e "$data/published-mode" ] || [ "$(cat "$data/published-mode")" != "$mode" ]; then
  sekisho policy publish "$data/my-number.yaml" --reason "quickstart" -o json >"$log/publish.log" 2>&1 || { cat "$log/publish.log" >&2; die "publishing the template failed"; }
  # A first revision goes out at once, and so does what tightens. From enforcing back to audit mode needs a second person.
  if grep -q '"proposedBy"' "$log/publish.log"; then waits=1; else echo "$mode" >"$data/published-mode"; fi
fi

if [ -n "$demo" ]; then
  authority=$data/demo-xauthority display_file=$data/demo-display
  cookie=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  : >"$authority"; : >"$display_file"
  xauth -q -f "$authority" add :0 . "$cookie" 2>/dev/null || true
  Xvfb -displayfd 3 -screen 0 1280x800x24 -auth "$authority" -nolisten tcp 3>"$display_file" >"$log/xvfb.log" 2>&1 &
  pids+=($!)
  wait_for "$!" "$display_file" "[0-9]" "the virtual display"
  display=:$(tr -d '\n' <"$display_file")
  xauth -q -f "$authority" add "$display" . "$cookie"
  export SEKISHO_DESKTOP_DISPLAYS="$display|$(id -un)|$authority"
fi

# The helper's account must reach the socket and its own folder, but nothing in DIR.
meeting=$(mktemp -d "${TMPDIR:-/tmp}/sekisho-XXXXXXXX")
chmod 711 "$meeting"
export SEKISHO_STATE_DIR=$data/agent SEKISHO_RUNTIME_DIR=$meeting/run SEKISHO_DESKTOP_DIR=$meeting/desktop
# Before the first policy arrives, an agent shuts everything out but keyboards: not on a machine that is only shown something.
export SEKISHO_MEDIA_ENFORCE=${SEKISHO_MEDIA_ENFORCE:-false}
mkdir -p "$SEKISHO_STATE_DIR"
ensure_desktop_account
[ "$(id -u)" = 0 ] || say "not root: desktop helpers can't be started under their own account, so the clipboard is not guarded; run as root to see it"
if [ ! -e "$SEKISHO_STATE_DIR/secrets/identity.secret" ]; then
  token=$(sekisho enrolment-token create --segment my-number -o json | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p')
  [ -n "$token" ] || die "the server gave no enrolment token; see $log/server.log"
  SEKISHO_ENROL_TOKEN=$token "$dist_dir/bin/sekisho-agent" enroll --server "https://localhost:$port" >"$log/enrol.log" 2>&1 \
    || { cat "$log/enrol.log" >&2; die "enrolling this machine failed"; }
fi
: >"$log/agent.log"
"$dist_dir/bin/sekisho-agent" service >"$log/agent.log" 2>&1 &
pids+=($!)
wait_for "$!" "$log/agent.log" "ready" "the agent"
say "waiting for the policy to be in force here"
in_force=""
for ((i = 0; i < 60; i++)); do
  if sekisho terminals -o json 2>>"$log/publish.log" | grep -q '"progress" *: *"ENFORCED"'; then in_force=1; break; fi
  if ! kill -0 "${pids[-1]}" 2>/dev/null; then tail -n 30 "$log/agent.log" >&2; die "the agent ended; its whole output is in $log/agent.log"; fi
  read -r -t 1 _ <> <(:) || true
done
[ -n "$in_force" ] || say "the policy is not in force here yet; until it is, the agent stops every copy; see $log/agent.log"

echo
echo "console     https://localhost:$port   (trust anchor: $data/ca.pem)"
if [ -e "$data/setup-link" ]; then
  echo "set-up link $(cat "$data/setup-link")"
  echo "            registers a passkey; the browser must trust $data/ca.pem (import it as an authority) for that"
fi
echo "operator    export SEKISHO_SERVER=$SEKISHO_SERVER SEKISHO_CA=$SEKISHO_CA SEKISHO_TOKEN=\$(cat $data/operator-token)"
echo "            $dist_dir/bin/sekisho terminals"
if [ -n "$demo" ]; then
  echo "try a copy  export DISPLAY=$display XAUTHORITY=$authority"
  # In the foreground it ends when the agent has taken the copy over; in the background its claim may come after the paste.
  echo "            echo 'マイナンバー 1234-5678-9018' | xclip -quiet -selection clipboard"
  echo "            xclip -selection clipboard -o"
elif [ -z "${DISPLAY:-}" ]; then
  echo "inactive    CLIPBOARD: this machine has no display; --demo-display starts a virtual one"
fi
if [ -n "${waits:-}" ]; then
  echo "policy      my-number, enforced as before: audit mode loosens, and waits for a second person's consent (sekisho policy proposals)"
else
  echo "policy      my-number, $([ -n "$enforce" ] && echo "enforced" || echo "audit only: everything is recorded, nothing is stopped (--enforce switches)")"
fi
echo "ready https://localhost:$port"
wait "${pids[0]}"
