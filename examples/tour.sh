#!/bin/sh
# A tour of usher: builds it, copies examples/config to a temporary directory, gives a new team its
# rights there, and shows who may do what. Nothing outside that directory is touched.
#
#     examples/tour.sh
#
# USHER=/path/to/usher uses that program instead of building one.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ -z "${USHER:-}" ]; then
    # Where the system has OpenSSL for developers, there is no need to build it along.
    openssl=
    if command -v pkg-config >/dev/null && pkg-config --exists openssl; then openssl=--no-default-features; fi
    cargo build --quiet --locked $openssl --manifest-path "$here/../Cargo.toml" --bin usher
    USHER=${CARGO_TARGET_DIR:-$here/../target}/debug/usher
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$here/config" "$scratch/config"
chmod 700 "$scratch/config/priv"
chmod 600 "$scratch/config/priv/"*
mkdir "$scratch/bin"
cp "$USHER" "$scratch/bin/usher"
ln -s usher "$scratch/bin/pveum"
PATH=$scratch/bin:$PATH
export PATH USHER_CONFIG_DIR="$scratch/config"

say() { printf '\n# %s\n' "$1"; }

# Shows a command as it would be typed and runs it; exit status 3 is the answer "yes, it would change".
run() {
    line='$'
    for word; do
        case $word in
            *[!A-Za-z0-9@/.,:=_-]*) line="$line '$word'" ;;
            *) line="$line $word" ;;
        esac
    done
    printf '%s\n' "$line"
    status=0
    "$@" || status=$?
    case $status in 0 | 3) ;; *) exit "$status" ;; esac
}

say 'The company so far: two groups, who is in them, and what was granted where.'
run usher group list
run usher acl list

say 'A team of developers comes: a group, and two users in it. Dora leaves at the end of 2029.'
run usher group add developers --comment 'They build things'
run usher user add dora@pve --groups developers --firstname Dora --expire 2030-01-01
run usher user add emil@pve --groups developers --firstname Emil

say 'They get a role of their own, and a pool with two guests to play with.'
run usher role add Developer --privs VM.Audit,VM.Console,VM.PowerMgmt
run usher pool add lab --comment 'Break what you like'
run usher pool modify lab --vms 300,301
run usher acl modify /pool/lab --roles Developer --groups developers

say 'Guest 301 is not for Emil.'
run usher acl modify /vms/301 --roles NoAccess --users emil@pve

say "A token for Dora's scripts: it may look at one guest, and never do more than Dora may."
run usher token add dora@pve ci --comment 'Build server'
run usher acl modify /vms/300 --roles PVEAuditor --tokens 'dora@pve!ci'

say 'Who may do what now?'
run usher user permissions dora@pve
run usher user permissions emil@pve
run usher token permissions dora@pve ci --path /vms/300

say 'What would go with Dora? Ask first, change nothing.'
run usher user delete dora@pve --dry-run

say 'Scripts written for the original call it by the original name.'
run pveum user permissions emil@pve --output-format json

printf '\nThat was usher. The directory of this tour is gone again; %s\n' 'README.md tells how to start your own.'
